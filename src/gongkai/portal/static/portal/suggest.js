// Titles under the search box while one types. Without this file the box works as ever, and the page of results names
// related words.
const WAIT_MS = 200;

function offer(box) {
  const list = document.createElement("datalist");
  list.id = `${box.id}-tishi`;
  box.after(list);
  box.setAttribute("list", list.id);
  box.setAttribute("autocomplete", "off");
  let timer, asked = "", running;
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const typed = box.value.trim();
      if (typed === asked || !typed) return;
      asked = typed;
      running?.abort();
      running = new AbortController();
      try {
        const answer = await fetch(`/sousuo/tishi/?q=${encodeURIComponent(typed)}`, { signal: running.signal });
        if (!answer.ok) return;
        const { titles } = await answer.json();
        list.replaceChildren(...titles.map((title) => new Option(title, title)));
      } catch (error) {
        if (error.name !== "AbortError") list.replaceChildren();
      }
    }, WAIT_MS);
  });
}

for (const box of document.querySelectorAll(".searchbox input[type=search]")) offer(box);
