// The page of an article: the way back to the answer, and the marks by key.
import { memory } from "./dom.js";
import { goToMark } from "./marks.js";

const back = document.getElementById("kembali");
if (memory("kembali")) Object.assign(back, { href: memory("kembali"), textContent: back.dataset.answer });
goToMark();
