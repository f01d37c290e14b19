// Changes a page under the eyes of whoever reads and types in it.
"use strict";

// Forms that were sent and not answered yet.
const sending = new Set();

// Makes one part of the page like another, and leaves alone what a person is busy with: focus, unfolded
// parts, typed text.
function become(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) {
    old.before(fresh);
    letGo(old);
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
  const kept = (name) => ["open", "data-folded", "aria-busy"].includes(name)
    || (name === "value" && old.matches("input:not([type=hidden])"));
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !kept(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (!kept(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (fresh.hasAttribute("open") && !old.dataset.folded) old.setAttribute("open", "");
}

function takeChildren(old, fresh) {
  unfoldForms(old, fresh);
  const named = new Map();
  for (const child of old.children) if (child.id) named.set(child.id, child);
  const wanted = new Set([...fresh.children].map((child) => child.id).filter(Boolean));
  let place = old.firstChild;
  const letPlaceGo = () => {
    const next = place.nextSibling;
    letGo(place);
    place = next;
  };
  for (const child of [...fresh.childNodes]) {
    // What has a name is found by it: where it is not wanted any more, nothing else takes its place.
    while (place?.id && !wanted.has(place.id)) letPlaceGo();
    const twin = child.id ? named.get(child.id) : place;
    // What is moved loses the focus: rather let go what stands in between and is not wanted any more.
    while (child.id && twin && place && place !== twin && !wanted.has(place.id)) letPlaceGo();
    if (twin && (child.id || !twin.id)) {
      if (twin !== place) old.insertBefore(twin, place); else place = place.nextSibling;
      become(twin, child);
    } else {
      old.insertBefore(child, place);
      if (child.id) mark(child);
    }
  }
  while (place) letPlaceGo();
}

// A form that is not folded any more stays the same form.
function unfoldForms(old, fresh) {
  for (const { id } of fresh.querySelectorAll(":scope > form.act")) {
    const form = document.getElementById(id);
    if (form && form.parentNode !== old && old.contains(form)) move(form, whole(form));
  }
}

function move(part, place) {
  const focused = document.activeElement;
  place.before(part);
  if (part.contains(focused)) focused.focus({ preventScroll: true });
}

// Takes something off the page. A form into which somebody typed stays, marked, until they put it away.
function letGo(node) {
  const forms = node.nodeType === Node.ELEMENT_NODE ? typedForms(node) : [];
  const keeps = forms.map(whole);
  forms.forEach(markOver);
  if (keeps.includes(node)) return;
  for (const kept of keeps) move(kept, node);
  node.remove();
}

const typedForms = (node) =>
  [node, ...node.querySelectorAll("form.act")].filter((part) => part.matches("form.act") && hasText(part));
const hasText = (form) => [...form.querySelectorAll("input:not([type=hidden]), textarea")].some(isTyped);
// The form with the part that folds it.
const whole = (form) => document.getElementById(`fold-${form.id}`) ?? form;

function markOver(form) {
  const part = whole(form);
  if (part.classList.contains("over") || sending.has(form)) return;
  part.classList.add("over");
  form.querySelector("p.send button").disabled = true;
  const note = document.createElement("p");
  note.id = `${form.id}.over`;
  note.className = "notice poor";
  note.setAttribute("role", "status");
  const what = form.id.endsWith(".decide") ? "Decided" : "Done";
  const away = document.createElement("button");
  away.type = "button";
  away.className = "small";
  away.textContent = "Put it away";
  away.addEventListener("click", () => { part.remove(); main.focus(); });
  note.append(`${what} or over meanwhile. What you typed was not sent; it stays here. `, away);
  form.prepend(note);
}

function mark(element) {
  element.classList.add("changed");
  element.addEventListener("animationend", () => element.classList.remove("changed"), { once: true });
}

const isTyped = (field) =>
  field.matches("select") ? field.selectedOptions[0] !== preset(field) : field.value !== field.defaultValue;
const preset = (select) => [...select.options].findLast((option) => option.defaultSelected) ?? select.options[0];
