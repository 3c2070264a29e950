// Forms of the back office: one submission a click, and no typed word lost to a session that ran out.
// Every page works without this file.

const busyLabel = "正在提交…";

// A second click on a button that is at work would enter a record or start an import twice.
function guard(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.busy) {
      event.preventDefault();
      return;
    }
    form.dataset.busy = "1";
    for (const button of form.querySelectorAll("button[type=submit]")) {
      button.dataset.label = button.textContent;
      button.setAttribute("aria-disabled", "true");
      button.textContent = busyLabel;
    }
  });
}

// Back from another page the browser shows this one as it was left: the buttons must work again.
function release() {
  for (const form of document.querySelectorAll(".gk form[data-busy]")) {
    delete form.dataset.busy;
    for (const button of form.querySelectorAll("button[data-label]")) {
      button.textContent = button.dataset.label;
      button.removeAttribute("aria-disabled");
    }
  }
}

// data-keep="name": what is typed stays in this tab (sessionStorage) until the server shows the same words.
const kept = (form) => `gongkai:${form.dataset.keep}`;
const fields = (form) =>
  [...form.elements].filter((field) => field.name && !["hidden", "file", "submit", "password"].includes(field.type));
const values = (form) => Object.fromEntries(fields(form).map((field) => [field.name, field.value.replace(/\r\n/g, "\n")]));
const same = (one, other) => Object.keys(one).every((name) => !(name in other) || one[name] === other[name]);

function keep(form) {
  const before = values(form);
  const saved = JSON.parse(sessionStorage.getItem(kept(form)) || "null");
  if (document.querySelector(".messages .success") || (saved && same(saved, before))) {
    sessionStorage.removeItem(kept(form));
  } else if (saved) {
    offer(form, saved);
  }
  form.addEventListener("input", () => {
    try {
      sessionStorage.setItem(kept(form), JSON.stringify(values(form)));
    } catch {
      // More than the browser keeps for a page: nothing to do but go on without.
    }
  });
}

function offer(form, saved) {
  const note = document.createElement("div");
  note.className = "gk-warn";
  note.setAttribute("role", "status");
  note.innerHTML = "<p>本窗口保留着上次填写、尚未保存的内容。</p>";
  const act = (label, run) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = label;
    button.addEventListener("click", () => {
      run();
      note.remove();
    });
    note.append(button, " ");
  };
  act("恢复填写的内容", () => {
    for (const field of fields(form)) if (field.name in saved) field.value = saved[field.name];
    form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
  });
  act("不要了", () => sessionStorage.removeItem(kept(form)));
  form.prepend(note);
  const details = form.closest("details");
  if (details) details.open = true;
}

// The first field of a form that has just been opened takes the keyboard.
function focusFirst(details) {
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    details.querySelector("input:not([type=hidden]), select, textarea")?.focus({ preventScroll: true });
  });
}

for (const form of document.querySelectorAll('.gk form[method="post"]')) guard(form);
for (const form of document.querySelectorAll(".gk form[data-keep]")) keep(form);
for (const details of document.querySelectorAll(".gk details")) focusFirst(details);
addEventListener("pageshow", release);
