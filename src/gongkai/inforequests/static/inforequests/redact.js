// Drawing marks on the pages of a PDF: drag a box, or mark every hit of a text. The server burns them in.

const root = document.querySelector(".gk-redact");
const ground = document.getElementById("gk-ground");
const said = document.getElementById("gk-redact-said");
const list = document.getElementById("gk-mark-list");
const field = document.getElementById("gk-marks");
const counter = document.getElementById("gk-mark-count");
const marks = [];
const smallest = 0.004; // of the page: less is a slip of the hand

function refresh() {
  field.value = JSON.stringify(marks.map(({ element, ...mark }) => mark));
  counter.textContent = marks.length;
  list.replaceChildren(
    ...marks.map((mark) => {
      const line = document.createElement("li");
      line.textContent = `第 ${mark.page + 1} 页　${mark.ground} `;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary";
      button.textContent = "去掉";
      button.addEventListener("click", () => remove(mark));
      line.append(button);
      return line;
    }),
  );
}

function remove(mark) {
  mark.element.remove();
  marks.splice(marks.indexOf(mark), 1);
  refresh();
}

function place(element, box) {
  element.style.left = `${box.x0 * 100}%`;
  element.style.top = `${box.y0 * 100}%`;
  element.style.width = `${(box.x1 - box.x0) * 100}%`;
  element.style.height = `${(box.y1 - box.y0) * 100}%`;
}

function add(sheet, box) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "gk-box";
  const mark = { ...box, ground: ground.value, element };
  element.title = `${mark.ground}，按一下去掉`;
  element.setAttribute("aria-label", element.title);
  place(element, box);
  element.addEventListener("click", () => remove(mark));
  sheet.append(element);
  marks.push(mark);
  refresh();
}

function at(sheet, event) {
  const area = sheet.getBoundingClientRect();
  const within = (value) => Math.min(1, Math.max(0, value));
  return [within((event.clientX - area.left) / area.width), within((event.clientY - area.top) / area.height)];
}

for (const figure of document.querySelectorAll(".gk-page")) {
  const sheet = figure.querySelector(".gk-sheet");
  const page = Number(figure.dataset.page);
  sheet.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".gk-box")) return;
    event.preventDefault();
    const [x, y] = at(sheet, event);
    const draft = document.createElement("div");
    draft.className = "gk-box";
    sheet.append(draft);
    let box = { page, x0: x, y0: y, x1: x, y1: y };
    const move = (next) => {
      const [u, v] = at(sheet, next);
      box = { page, x0: Math.min(x, u), y0: Math.min(y, v), x1: Math.max(x, u), y1: Math.max(y, v) };
      place(draft, box);
    };
    const up = () => {
      window.removeEventListener("pointermove", move);
      draft.remove();
      if (box.x1 - box.x0 > smallest && box.y1 - box.y0 > smallest) add(sheet, box);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up, { once: true });
  });
}

document.getElementById("gk-find-do").addEventListener("click", async () => {
  const words = document.getElementById("gk-find").value.trim();
  if (!words) return;
  const answer = await fetch(`${root.dataset.search}?q=${encodeURIComponent(words)}`);
  if (!answer.ok) {
    said.textContent = "查找没有成功，请重试。";
    return;
  }
  const { boxes } = await answer.json();
  for (const box of boxes) add(document.querySelector(`.gk-page[data-page="${box.page}"] .gk-sheet`), box);
  said.textContent = boxes.length
    ? `标出 ${boxes.length} 处“${words}”。扫描件中的文字查不到，请逐页核对。`
    : `没有找到“${words}”。扫描件中的文字查不到，请用鼠标标出。`;
});

document.querySelector(".gk-redact-bar").addEventListener("submit", (event) => {
  if (!marks.length) {
    event.preventDefault();
    event.stopImmediatePropagation();
    said.textContent = "还没有标出要遮盖的地方。";
  }
});
refresh();
// Until here a click on it did nothing.
document.getElementById("gk-find-do").disabled = false;
