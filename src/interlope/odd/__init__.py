"""ODD: the model described element by element (Grimm et al. 2020), generated from the code that runs.

Comes in: a case and the model's own files. Goes out: one Markdown document, `docs/odd.md` for the flagship.

Files, in reading order:

- `elements.py`: state, order of the day, opening and submodels, from the code
- `concepts.py`: the design concepts, in words
- `simplifications.py`: what each part of the model says of itself that it leaves out
- `document.py`, `markdown.py`: the document as a whole and the shapes that it is made of
"""
