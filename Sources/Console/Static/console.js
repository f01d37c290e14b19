// Everything here is a comfort: each page and each form works without it.
"use strict";

const body = document.body;
const main = document.getElementById("main");
const notices = document.getElementById("notices");
const lost = document.getElementById("lost");
document.documentElement.classList.add("scripted");

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

// Makes one part of the page like another, and leaves alone what a person is busy with: focus, unfolded
// parts, typed text.
function become(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  takeAttributes(old, fresh);
  if (old.matches("textarea, .tick")) return;
  if (old.matches("select") && isTyped(old)) return;
  takeChildren(old, fresh);
}

function takeAttributes(old, fresh) {
  const kept = (name) => name === "open" || (name === "value" && old.matches("input:not([type=hidden])"));
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !kept(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!kept(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (fresh.hasAttribute("open") && !old.dataset.folded) old.setAttribute("open", "");
}

function takeChildren(old, fresh) {
  const named = new Map();
  for (const child of old.children) if (child.id) named.set(child.id, child);
  const wanted = new Set([...fresh.children].map((child) => child.id).filter(Boolean));
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const twin = child.id ? named.get(child.id) : place;
    // What is moved loses the focus: rather let go what stands in between and is not wanted any more.
    while (child.id && twin && place && place !== twin && !wanted.has(place.id)) {
      const next = place.nextSibling;
      place.remove();
      place = next;
    }
    if (twin && (child.id || !twin.id)) {
      if (twin !== place) old.insertBefore(twin, place); else place = place.nextSibling;
      become(twin, child);
    } else {
      old.insertBefore(child, place);
      if (child.id) mark(child);
    }
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

function mark(element) {
  element.classList.add("changed");
  element.addEventListener("animationend", () => element.classList.remove("changed"), { once: true });
}

const isTyped = (field) =>
  field.matches("select")
    ? [...field.options].some((option) => option.selected !== option.defaultSelected)
    : field.value !== field.defaultValue;

// A frame is the same for everybody; each console fills in its own token and person.
function fill(part) {
  for (const place of part.querySelectorAll('input[name="form-token"]')) {
    place.value = document.getElementById("form-token-place").content.querySelector("input").value;
    place.setAttribute("value", place.value);
  }
  for (const place of part.querySelectorAll(".person")) {
    const source = document.getElementById("person-place").content.firstElementChild;
    place.replaceChildren(...[...source.childNodes].map((node) => node.cloneNode(true)));
  }
}

function show(markup) {
  const fresh = main.cloneNode(false);
  fresh.innerHTML = markup;
  fill(fresh);
  takeChildren(main, fresh);
  tick();
}

// The page, live.
let events = null;
function connect() {
  if (!("live" in body.dataset) || events) return;
  events = new EventSource("/events?frame=" + encodeURIComponent(body.dataset.frame));
  events.addEventListener("open", () => { lost.hidden = true; });
  events.addEventListener("clock", (event) => { lost.hidden = true; setClock(Number(event.data)); tick(); });
  events.addEventListener("page", (event) => { body.dataset.frame = event.lastEventId; show(event.data); });
  events.addEventListener("error", () => {
    lost.hidden = false;
    if (events && events.readyState === EventSource.CLOSED) {
      disconnect();
      setTimeout(connect, 2000);
    }
  });
}
function disconnect() {
  if (events) events.close();
  events = null;
}
// A browser keeps only few connections: one that nobody looks at is given back.
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", connect);

// Forms without leaving the page, so that what is typed elsewhere stays.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form.act") || !form.action.includes("/do/")) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    take(await answer.text(), form, answer.ok);
  } catch {
    lost.hidden = false;
  } finally {
    button.disabled = false;
  }
});

function take(text, form, isDone) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const there = page.getElementById("main");
  if (!there) return;
  if (isDone) {
    form.reset();
    const fold = form.closest("details");
    if (fold) fold.removeAttribute("open");
  }
  const chosen = page.getElementById("person-place");
  if (chosen) document.getElementById("person-place").innerHTML = chosen.innerHTML;
  const acting = page.getElementById("acting-as");
  const ours = document.getElementById("acting-as");
  if (acting && ours) ours.value = acting.value;
  setClock(Number(page.body.dataset.clock));
  if ("live" in page.body.dataset || !("live" in body.dataset)) takeChildren(main, there);
  notices.replaceChildren(...page.getElementById("notices").children);
  if (!isDone) notices.firstElementChild?.scrollIntoView({ block: "nearest" });
  tick();
}

// Folding by hand is remembered: a change does not unfold again.
document.addEventListener("toggle", (event) => {
  const fold = event.target;
  if (fold.matches("details")) fold.dataset.folded = fold.open ? "" : "yes";
}, true);
document.addEventListener("change", (event) => {
  if (event.target.matches(".acting select")) event.target.form.submit();
});
document.addEventListener("keydown", (event) => {
  const lever = document.getElementById("halt-lever");
  if (event.key === "Escape" && lever?.open) { lever.open = false; lever.querySelector("summary").focus(); }
});

tick();
setInterval(tick, 250);
connect();
