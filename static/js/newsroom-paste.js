// The writing screen: a whole article is pasted, read by the newsroom into sections, looked over and inserted
// as blocks like any others. Nothing is saved before Save.
(function () {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, properties = {}, children = []) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const counted = (one, many, count) => interpolate(ngettext(one, many, count), [count]);
  // Pictures come along as data, megabytes of it, only to be left out.
  const withoutData = (html) => html.replace(/(["'(])data:[^"')]*/g, "$1");

  const field = (block, name) => one(`[name$="-${name}"]`, block);
  const fill = (element, value) => {
    element.value = value;
    for (const type of ["input", "change"]) element.dispatchEvent(new Event(type, { bubbles: true }));
  };

  // A new block at the end, as content-editor makes it.
  const insert = (prefix) => {
    const before = new Set(all(".order-machine .inline-related"));
    ContentEditor._insertBefore = null;
    ContentEditor.addContent(prefix);
    return all(`.order-machine .inline-related[id^="${prefix}-"]:not(.empty-form)`).find((block) => !before.has(block));
  };
  const insertSection = (data) => {
    const block = insert("articles_section_set");
    fill(field(block, "kind"), data.kind);
    fill(field(block, "heading"), data.heading);
    const body = field(block, "body");
    body.addEventListener("prose-editor:ready", (event) => event.detail.editor.commands.setContent(data.html, { emitUpdate: true }));
    return block;
  };
  const insertEmbed = (data) => {
    const block = insert("articles_embed_set");
    fill(field(block, "url"), data.url);
    return block;
  };

  const build = () => {
    const area = make("textarea", { id: "paste-area", rows: 7 });
    const said = make("p", { className: "paste-said" });
    said.setAttribute("role", "status");
    const found = make("div", { className: "paste-found" });
    const read = make("button", { type: "button", className: "button", textContent: gettext("Read it") });
    const put = make("button", { type: "button", className: "button default", textContent: gettext("Insert"), hidden: true });
    const cancel = make("button", { type: "button", className: "button", textContent: gettext("Cancel") });
    const heading = make("h2", { id: "paste-heading", textContent: gettext("Paste whole article") });
    const dialog = make("dialog", { className: "paste-dialog" }, [
      heading,
      make("label", { htmlFor: "paste-area", textContent: gettext("Paste it here, from a word processor or a page:") }),
      make("p", { className: "help", id: "paste-help", textContent: gettext("Every main heading begins a section. You see what becomes of it before anything is inserted.") }),
      area, said, found,
      make("div", { className: "paste-buttons" }, [put, read, cancel]),
    ]);
    dialog.setAttribute("aria-labelledby", heading.id);
    area.setAttribute("aria-describedby", "paste-help");
    return { dialog, area, said, found, read, put, cancel };
  };

  const open = () => {
    const { dialog, area, said, found, read, put, cancel } = build();
    let html = "";
    let paste = null;
    let asked = 0;
    const forget = () => {
      asked += 1;
      paste = null;
      found.replaceChildren();
      put.hidden = true;
    };

    const send = async () => {
      forget();
      const number = asked;
      said.textContent = gettext("Reading …");
      const body = new FormData();
      body.append("csrfmiddlewaretoken", one("[name=csrfmiddlewaretoken]").value);
      body.append("html", html);
      body.append("text", html ? "" : area.value);
      const address = location.pathname.replace(/change\/$/, "paste/");
      const answer = await fetch(address, { method: "POST", body }).catch(() => null);
      const data = await answer?.json().catch(() => null);
      if (number !== asked) return;
      if (!data?.blocks) {
        said.textContent = data?.error ?? gettext("The newsroom did not take it. It is still here: try again, or paste it in parts.");
        return;
      }
      paste = data;
      show();
    };

    const show = () => {
      const left = paste.left_out.length ? `${gettext("Left out:")} ${paste.left_out.join(", ")}.` : gettext("Nothing was left out.");
      said.textContent = `${counted("%s word", "%s words", paste.words)}, ${counted("%s block", "%s blocks", paste.blocks.length)}. ${left}`;
      const rows = paste.blocks.map((block) => block.type === "embed"
        ? make("li", {}, [make("b", { textContent: block.site }), ` ${block.url}`])
        : make("li", {}, [
          make("b", { textContent: block.heading || gettext("No heading") }),
          make("span", { textContent: ` ${block.kind_label} · ${counted("%s word", "%s words", block.words)}` }),
          make("small", { textContent: block.begins }),
        ]));
      const notes = paste.notes.map((note) => make("p", { textContent: note }));
      if (paste.headline) {
        const headline = one("#id_headline");
        const box = make("input", { type: "checkbox", id: "paste-headline", checked: !headline?.value.trim() });
        notes.unshift(make("p", { className: "paste-headline" }, [
          box, make("label", { htmlFor: box.id, textContent: interpolate(gettext("Make “%s” the headline (else it is left out)"), [paste.headline]) }),
        ]));
      }
      found.replaceChildren(...notes, make("ol", {}, rows));
      put.textContent = counted("Insert %s block", "Insert %s blocks", paste.blocks.length);
      put.hidden = false;
      put.focus();
    };

    area.addEventListener("paste", (event) => {
      html = withoutData(event.clipboardData.getData("text/html"));
      // The words appear in the area by themselves; what they look like is read from the clipboard.
      setTimeout(send);
    });
    area.addEventListener("input", (event) => {
      if (event.inputType === "insertFromPaste") return;
      html = "";
      forget();
      said.textContent = "";
    });
    read.addEventListener("click", send);
    put.addEventListener("click", () => {
      if (!paste) return;
      if (one("#paste-headline")?.checked) fill(one("#id_headline"), paste.headline);
      const blocks = paste.blocks.map((block) => (block.type === "embed" ? insertEmbed(block) : insertSection(block)));
      dialog.close();
      blocks[0].scrollIntoView({ block: "start" });
      one("select, input:not([type=hidden])", blocks[0])?.focus();
    });
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    area.focus();
  };

  document.addEventListener("content-editor:ready", () => {
    const bar = one(".tabs.regions");
    if (!bar || !window.ContentEditor?.allowChange) return;
    const press = make("button", { type: "button", className: "paste-whole", textContent: gettext("Paste whole article") });
    press.addEventListener("click", open);
    bar.append(press);
  });
})();
