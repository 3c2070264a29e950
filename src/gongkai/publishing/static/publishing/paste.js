// A field that keeps what was copied from Word or a web page with its tables: shown as it looks, sent as HTML.
// Without JavaScript it stays a plain field that takes plain text.
for (const field of document.querySelectorAll("[data-gk-paste]")) {
  const shown = document.createElement("div");
  shown.className = "gk-paste";
  shown.contentEditable = "true";
  shown.setAttribute("role", "textbox");
  shown.setAttribute("aria-multiline", "true");
  const label = document.querySelector(`label[for="${field.id}"]`);
  if (label) {
    label.id = label.id || `${field.id}-label`;
    shown.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => shown.focus());
  }
  const clean = (html) => {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    for (const part of parsed.querySelectorAll("script,style,iframe,object,embed,link,meta,svg,form")) part.remove();
    for (const part of parsed.querySelectorAll("*")) {
      for (const attribute of [...part.attributes]) {
        if (!["href", "src", "alt", "colspan", "rowspan"].includes(attribute.name)) part.removeAttribute(attribute.name);
        else if (/^\s*(javascript|data):/i.test(attribute.value)) part.removeAttribute(attribute.name);
      }
    }
    return parsed.body.innerHTML;
  };
  shown.innerHTML = clean(field.value);
  shown.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    if (!html) return;
    event.preventDefault();
    document.execCommand("insertHTML", false, clean(html));
  });
  field.form.addEventListener("submit", () => {
    field.value = shown.textContent.trim() || shown.querySelector("img,table") ? shown.innerHTML : "";
  });
  field.hidden = true;
  field.after(shown);
}
