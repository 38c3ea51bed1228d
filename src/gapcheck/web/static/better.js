// What makes the pages nicer where scripts run. Every page works without it.
"use strict";

const byId = (id) => document.getElementById(id);
const told = document.createElement("p");
told.className = "unseen";
told.setAttribute("role", "status");

function say(words) {
  told.textContent = "";
  requestAnimationFrame(() => { told.textContent = words; });
}

// A button beside each command that copies it.
function copyButtons(root) {
  for (const box of root.querySelectorAll(".copyable")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet small";
    button.textContent = "Copy the command";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(box.querySelector("code").textContent);
        button.textContent = "Copied";
        say("Copied");
      } catch {
        getSelection().selectAllChildren(box.querySelector("code"));
        say("Selected. Copy it with the keyboard.");
      }
    });
    box.append(button);
  }
}

// A button that copies the address of a page that says everything in its address.
function linkButton(root) {
  const away = root.querySelector(".away");
  if (!away || !location.search) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet small";
  button.textContent = "Copy a link to this page";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      button.textContent = "Copied";
      say("Copied");
    } catch {
      say("It cannot be copied here. Copy it from the address bar.");
      button.textContent = "Copy it from the address bar";
    }
  });
  away.querySelector(".downloads").after(button);
}

// Boxes that a word narrows down: the words that people use stand in data-words.
function filters(root) {
  for (const field of root.querySelectorAll("[data-filters]")) {
    const list = byId(field.dataset.filters);
    const count = byId(`${field.dataset.filters}-told`);
    const items = [...list.querySelectorAll("[data-words]")];
    const groups = [...list.querySelectorAll("fieldset")].map((group) => group.closest("details") || group);
    const before = groups.map((group) => group.open);
    const narrow = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const item of items) {
        const fits = words.every((word) => item.dataset.words.includes(word));
        item.hidden = !fits && !item.querySelector("input").checked;
        shown += fits ? 1 : 0;
      }
      groups.forEach((group, place) => {
        const some = group.querySelector("[data-words]:not([hidden])");
        group.hidden = Boolean(words.length) && !some;
        if ("open" in group) group.open = words.length ? Boolean(some) : before[place];
      });
      count.textContent = words.length ? `${shown} found` : "";
    };
    field.addEventListener("input", narrow);
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    if (field.value) narrow();
  }
}

// A form whose answer takes the place of the page, without a new page.
function live(root) {
  for (const form of root.querySelectorAll("form[data-live]")) {
    form.addEventListener("submit", async (event) => {
      const button = event.submitter;
      if (button && button.hasAttribute("data-plain")) return;
      const data = new FormData(form, button);
      const action = (button && button.getAttribute("formaction")) || form.getAttribute("action");
      const get = form.method === "get";
      event.preventDefault();
      const query = new URLSearchParams(data);
      const address = get ? `${action}?${query}` : action;
      try {
        const answer = await fetch(address, get ? {} : { method: "POST", body: data });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const moved = get || answer.redirected;
        replace(page, moved ? answer.url : location.href, moved);
      } catch {
        form.submit();
      }
    });
  }
}

// What of the address says which page is shown: a step to another part of the same page is none to another page.
const place = () => location.pathname + location.search;
let shown = place();

function replace(page, address, keep) {
  const main = page.querySelector("main");
  if (!main) { location.assign(address); return; }
  if (keep && address !== location.href) history.pushState({}, "", address);
  shown = place();
  document.title = page.title;
  byId("main").replaceWith(document.adoptNode(main));
  const back = page.querySelector(".back");
  if (back && document.querySelector(".back")) document.querySelector(".back").href = back.href;
  better(byId("main"));
  const target = document.querySelector("main [data-focus]") || document.querySelector("main [data-answer]") || byId("main");
  if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
  target.focus();
  target.scrollIntoView({ block: "nearest" });
  say("The answer is up to date.");
}

// A file dropped on the field is as good as one chosen.
function drops(root) {
  for (const area of root.querySelectorAll("[data-drop]")) {
    const field = area.querySelector("input[type=file]");
    for (const kind of ["dragenter", "dragover"]) area.addEventListener(kind, (event) => { event.preventDefault(); area.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.classList.remove("over"));
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) {
        field.files = event.dataTransfer.files;
        field.focus();
        say(`${field.files[0].name} is chosen.`);
      }
    });
  }
}

// A line of the error summary leads into its field.
function wrongs(root) {
  for (const link of root.querySelectorAll(".wrong-summary a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const field = byId(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
      field.focus();
      (document.querySelector(`label[for="${field.id}"]`) || field).scrollIntoView();
    });
  }
}

function better(root) {
  wrongs(root);
  copyButtons(root);
  linkButton(root);
  filters(root);
  live(root);
  drops(root);
}

document.documentElement.classList.add("scripts");
document.body.append(told);
better(document);
const first = document.querySelector("main [data-focus]");
if (first) first.focus();
addEventListener("popstate", () => { if (place() !== shown) location.reload(); });
