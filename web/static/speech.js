// Questions by voice, through the browser's own recognition: only where there is one, and only after a word about it.
import { announce, onClick, say } from "./dom.js";
import { focusField, write } from "./composer.js";

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const microphone = document.getElementById("suara");

onClick(".voice button", () => {
  document.getElementById("pesan-suara").hidePopover();
  const recognition = new Recognition();
  recognition.lang = "id-ID";
  recognition.onresult = (event) => write(event.results[0][0].transcript);
  recognition.onerror = () => announce(say.unheard);
  recognition.onend = () => microphone.classList.remove("listening");
  microphone.classList.add("listening");
  announce(say.listening);
  recognition.start();
  focusField();
});

microphone.hidden = !Recognition;
