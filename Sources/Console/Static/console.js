// Everything here is a comfort: each page and each form works without it.
"use strict";

const body = document.body;
const main = document.getElementById("main");
const notices = document.getElementById("notices");
const lost = document.getElementById("lost");
const waiting = document.getElementById("waiting");

// The daemon's clock, in milliseconds since boot, and what this machine's showed at that moment.
let clock = Number(body.dataset.clock);
let clockSeen = performance.now();
const daemonNow = () => clock + performance.now() - clockSeen;
const setClock = (milliseconds) => { clock = milliseconds; clockSeen = performance.now(); };

const clockText = (milliseconds) => {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const sign = milliseconds <= -1000 ? "−" : "";
  return sign + (hours > 0 ? `${hours}:${two(minutes)}` : `${minutes}`) + `:${two(rest)}`;
};

function tick() {
  const now = daemonNow();
  for (const place of document.querySelectorAll("[data-since], [data-until]")) {
    const { since, until } = place.dataset;
    const span = since ? now - Number(since) : Number(until) - now;
    write(place, clockText(span));
    const card = since && place.closest(".clock.running");
    if (card && span > Number(card.dataset.limit)) {
      card.classList.replace("running", "over");
      write(card.querySelector(".word"), "over target");
    }
    if (until) place.classList.toggle("bad", span < 0);
  }
  for (const place of document.querySelectorAll("[data-bleeds-since]")) {
    const minutes = (now - Number(place.dataset.bleedsSince)) / 60000;
    write(place, String(Math.floor(Math.max(0, minutes) * Number(place.dataset.rate))));
  }
}

function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

// A frame is the same for everybody; each console fills in its own token and person.
function fill(part) {
  fillTokens(part);
  for (const place of part.querySelectorAll(".person")) {
    const source = document.getElementById("person-place").content.firstElementChild;
    place.replaceChildren(...[...source.childNodes].map((node) => node.cloneNode(true)));
  }
}
function fillTokens(part) {
  const token = document.getElementById("form-token-place").content.querySelector("input").value;
  for (const place of part.querySelectorAll('input[name="form-token"]')) place.setAttribute("value", token);
}

function show(markup) {
  const fresh = main.cloneNode(false);
  fresh.innerHTML = markup;
  fill(fresh);
  takeChildren(main, fresh);
  announce();
  tick();
}

// Those who listen to the page hear how many pages wait for them, and which.
function announce() {
  const person = document.getElementById("person-place").content.querySelector("input")?.value;
  const names = [...main.querySelectorAll("[data-waits-for]")]
    .filter((page) => !person || page.dataset.waitsFor === person)
    .map((page) => page.dataset.page);
  const count = names.length === 1 ? "1 page waits" : `${names.length} pages wait`;
  write(waiting, names.length ? `${count} for ${person ? "you" : "an ack"}: ${names.join(", ")}` : "");
}

// Frames of one daemon are numbered: what comes late does not go before what is newer.
function isOlder(frame) {
  const [origin, number] = (frame || "").split("-");
  const [ours, shown] = body.dataset.frame.split("-");
  return origin === ours && Number(number) < Number(shown);
}

// Takes over a whole page, and with it what is this console's own: its token, its person, who can be chosen.
function take(page) {
  adopt(page);
  if (isOlder(page.body.dataset.frame)) {
    fill(main);
  } else {
    takeChildren(main, page.getElementById("main"));
    body.dataset.frame = page.body.dataset.frame;
  }
  announce();
  tick();
}

const everybody = (page) => page.getElementById("everybody")?.dataset.names;
// Whom this console knows to choose from.
let adopted = everybody(document);
function adopt(page) {
  adopted = everybody(page);
  for (const id of ["form-token-place", "person-place"]) {
    document.getElementById(id).innerHTML = page.getElementById(id).innerHTML;
  }
  const chooser = document.getElementById("acting-as");
  const isBusy = chooser && isTyped(chooser);
  const chosen = page.getElementById("acting-as")?.value;
  become(document.getElementById("acting"), page.getElementById("acting"));
  if (chosen !== undefined && !isBusy) document.getElementById("acting-as").value = chosen;
  fillTokens(document);
  setClock(Number(page.body.dataset.clock));
}

// Says what a page says that is none of the console's.
function say(page) {
  const box = document.createElement("div");
  const title = document.createElement("strong");
  box.className = "notice bad";
  box.setAttribute("role", "alert");
  title.textContent = page.querySelector("h1").textContent;
  box.append(title, ...page.getElementById("refusal").children);
  notices.replaceChildren(box);
  box.scrollIntoView({ block: "nearest" });
}

const parse = (text) => new DOMParser().parseFromString(text, "text/html");
const isRefusal = (page) => page.getElementById("refusal") !== null;

// Asks for the page anew, without losing what is typed on it; gives the answer's status.
async function refresh() {
  const answer = await fetch("/now");
  const page = parse(await answer.text());
  if (isRefusal(page)) {
    say(page);
  } else {
    if ("live" in body.dataset) take(page); else adopt(page);
    if (page.querySelector("#notices > *")) notices.replaceChildren(...page.getElementById("notices").children);
  }
  return answer.status;
}

// The page, live.
let events = null;
function connect() {
  if (!("live" in body.dataset) || events || document.hidden) return;
  events = new EventSource("/events?frame=" + encodeURIComponent(body.dataset.frame));
  events.addEventListener("open", () => { lost.hidden = true; });
  events.addEventListener("clock", (event) => { lost.hidden = true; setClock(Number(event.data)); tick(); });
  events.addEventListener("page", (event) => { hear(event.lastEventId, event.data); });
  events.addEventListener("error", () => {
    lost.hidden = false;
    if (events?.readyState === EventSource.CLOSED) { disconnect(); comeBack(); }
  });
}
function disconnect() {
  if (events) events.close();
  events = null;
}

async function hear(frame, markup) {
  if (isOlder(frame)) return;
  body.dataset.frame = frame;
  show(markup);
  // Another run, other people: who can act stands outside of the frame.
  if (everybody(document) !== adopted) await refresh().catch(() => { lost.hidden = false; });
}

// The server wants no more of this connection. Somebody who is not let in has to do something first.
async function comeBack() {
  if (document.hidden) return;
  const status = await refresh().catch(() => 0);
  if (status === 401) lost.hidden = true;
  else setTimeout(status === 200 ? connect : comeBack, 2000);
}
// A browser keeps only few connections: one that nobody looks at is given back.
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", connect);

// Forms without leaving the page, so that what is typed elsewhere stays.
const leadsBackHere = (form) => {
  const back = form.querySelector('input[name="back"]');
  return back !== null && new URL(back.value, location).pathname === location.pathname;
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form.act, form.acting") || !leadsBackHere(form)) return;
  event.preventDefault();
  if (!sending.has(form)) send(form);
});

async function send(form) {
  sending.add(form);
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = parse(await answer.text());
    sending.delete(form);
    await answered(form, page, answer.ok);
  } catch {
    lost.hidden = false;
  } finally {
    sending.delete(form);
    form.removeAttribute("aria-busy");
  }
}

async function answered(form, page, isDone) {
  if (isRefusal(page)) {
    // The session may be another one now: with its token the form can be sent again.
    await refresh().catch(() => { lost.hidden = false; });
    say(page);
    return;
  }
  if (isDone) finish(form);
  take(page);
  // With script the form itself is still there.
  page.querySelector("#notices .typed")?.remove();
  notices.replaceChildren(...page.getElementById("notices").children);
  if (!isDone) notices.firstElementChild?.scrollIntoView({ block: "nearest" });
}

function finish(form) {
  form.reset();
  const fold = form.closest("details");
  if (!fold) return;
  if (fold.contains(document.activeElement)) fold.querySelector("summary").focus();
  fold.removeAttribute("open");
}

// Folding by hand is remembered: a change does not unfold again.
document.addEventListener("toggle", (event) => {
  const fold = event.target;
  if (fold.matches("details")) fold.dataset.folded = fold.open ? "" : "yes";
}, true);
document.addEventListener("keydown", (event) => {
  const lever = document.getElementById("halt-lever");
  if (event.key === "Escape" && lever?.open) { lever.open = false; lever.querySelector("summary").focus(); }
});

announce();
tick();
setInterval(tick, 250);
connect();
