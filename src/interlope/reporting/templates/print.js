addEventListener("beforeprint",()=>{for(const d of document.querySelectorAll("details"))d.open=true});
for(const s of document.querySelectorAll(".scroll")){const f=()=>s.parentNode.classList.toggle("more",s.scrollLeft+s.clientWidth<s.scrollWidth-2);
s.addEventListener("scroll",f);new ResizeObserver(f).observe(s)}
