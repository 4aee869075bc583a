// Main: the page that is shown begins here.
import "uplot/dist/uPlot.min.css";
import "./explorer.css";
import type { DossierResult, PageData } from "./types";
import { byId } from "./dom";
import { offerLetters } from "./letters";
import { startMarket } from "./market";
import { startOptions } from "./options";
import { keepViews } from "./view";
import { startWalk } from "./walk";

type Data = PageData & { dossier: DossierResult | null };

const JUDGED = ["evidence", "explanations"];

const data = JSON.parse(byId("page-data").textContent ?? "{}") as Data;
const live = document.getElementById("live");
const names = Object.keys(data.glosses);
if (JUDGED.includes(data.page) && names.length > 1 && document.getElementById("terms")) byId("changed").before(offerLetters(names));
if (live && data.page === "evidence" && data.dossier) startWalk(data.dossier);
else if (live && data.page === "market") startMarket(data, live);
else if (live && data.page === "options" && data.stages.length) startOptions(data, live);
if (data.page) keepViews(data.page);
document.body.dataset["scripted"] = "1";
