// The writing screen's text: links to our own pages are searched, an embed says what it becomes, a whole
// article is pasted (newsroom-paste.js).
(function () {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, properties = {}, children = []) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const here = location.pathname.replace(/\d+\/change\/$/, "");
  const ask = async (page, query) => {
    const answer = await fetch(`${here}${page}/?${new URLSearchParams(query)}`).catch(() => null);
    return answer?.ok ? answer.json() : null;
  };
  const later = (act, delay = 250) => {
    let timer;
    return (...given) => {
      clearTimeout(timer);
      timer = setTimeout(() => act(...given), delay);
    };
  };

  // The link dialog of the text: below the address one searches our own articles and shows.
  let dialogs = 0;
  const equipLinkDialog = (dialog) => {
    const address = one('input[name="href"]', dialog);
    if (!address || one(".own-links", dialog)) return;
    const id = `own-links-${++dialogs}`;
    const words = make("input", { type: "search", id, size: 50, autocomplete: "off" });
    const list = make("ul", { className: "own-links-found" });
    const said = make("p", { className: "own-links-said" });
    said.setAttribute("role", "status");
    const choose = (result) => {
      address.value = result.href;
      said.textContent = interpolate(gettext("Links to “%s”, wherever it moves."), [result.title]);
      list.replaceChildren();
      one('button[type="submit"]', dialog).focus();
    };
    const show = (results) => {
      list.replaceChildren(...results.map((result) => {
        const button = make("button", { type: "button" }, [
          make("b", { textContent: result.title }), make("span", { textContent: result.note }),
        ]);
        button.addEventListener("click", () => choose(result));
        return make("li", {}, [button]);
      }));
      said.textContent = results.length
        ? interpolate(ngettext("%s found", "%s found", results.length), [results.length])
        : gettext("Nothing of ours has these words.");
    };
    const search = later(async () => {
      const text = words.value.trim();
      if (!text) return list.replaceChildren();
      const answer = await ask("link-search", { q: text });
      if (text !== words.value.trim()) return;
      if (answer) show(answer.results);
      else said.textContent = gettext("The search did not answer. Try again, or type the address.");
    });
    words.addEventListener("input", search);
    dialog.addEventListener("keydown", (event) => {
      const buttons = all("button", list);
      const at = buttons.indexOf(document.activeElement);
      if (event.target === words && event.key === "Enter") {
        event.preventDefault();
        buttons[0]?.click();
      } else if (event.key === "ArrowDown" && (event.target === words || at >= 0)) {
        event.preventDefault();
        (buttons[at + 1] ?? buttons.at(-1))?.focus();
      } else if (event.key === "ArrowUp" && at >= 0) {
        event.preventDefault();
        (buttons[at - 1] ?? words).focus();
      }
    });
    const box = make("div", { className: "prose-editor-dialog-field own-links" }, [
      make("label", { htmlFor: id, textContent: gettext("Or find our own article or show") }), words, said, list,
    ]);
    address.closest(".prose-editor-dialog-field").after(box);
    if (address.value.startsWith("/-/")) {
      ask("link-search", { href: address.value }).then((answer) => { said.textContent = answer?.leads_to ?? ""; });
    }
  };
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      const dialog = node.nodeType === 1 && (node.matches("dialog") ? node : one("dialog.prose-editor-dialog", node));
      if (dialog) equipLinkDialog(dialog);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  // An embed says what its address becomes, and shows the fields that it has a place for.
  const FIELDS = ["title", "author_name", "posted_on", "text", "poster"];
  const fit = (block, fields) => {
    for (const name of FIELDS) {
      const field = one(`[name$="-${name}"]`, block);
      const box = field?.closest(".fieldBox, .form-row");
      box?.classList.toggle("embed-unused", !fields.includes(name) && !field.value);
    }
    for (const row of all(".form-multiline", block)) {
      row.closest(".form-row").classList.toggle("embed-unused", !one(".fieldBox:not(.embed-unused)", row));
    }
  };
  const equipEmbed = (block) => {
    const address = one('input[name$="-url"]', block);
    if (!address || one(".embed-hint", block)) return;
    const hint = make("p", { className: "embed-hint help", id: `${address.id}_hint` });
    hint.setAttribute("role", "status");
    one(".field-url .help", block)?.remove();
    address.after(hint);
    address.setAttribute("aria-describedby", hint.id);
    const tell = async () => {
      const url = address.value.trim();
      if (!url) {
        hint.textContent = gettext("Paste the address of a video, a post, or any other page.");
        return fit(block, []);
      }
      const answer = await ask("embed-hint", { url });
      if (!answer || url !== address.value.trim()) return;
      hint.textContent = answer.says;
      fit(block, answer.fields);
    };
    address.addEventListener("input", later(tell));
    address.addEventListener("change", tell);
    tell();
  };
  const equipEmbeds = () => {
    for (const field of all('.order-machine input[name^="articles_embed_set-"][name$="-url"]:not([name*="__prefix__"])')) {
      equipEmbed(field.closest(".inline-related"));
    }
  };
  // The address of a video or a post, pasted alone into an empty paragraph, may become an embed below the section.
  const offerEmbed = (textarea, editor, url, says) => {
    const section = textarea.closest(".inline-related");
    one(".embed-offer", section)?.remove();
    const yes = make("button", { type: "button", className: "button", textContent: gettext("Make it an embed") });
    const no = make("button", { type: "button", className: "button", textContent: gettext("Leave it in the text") });
    const offer = make("p", { className: "embed-offer" }, [make("span", { textContent: says }), yes, no]);
    offer.setAttribute("role", "status");
    const end = () => offer.remove();
    no.addEventListener("click", () => { end(); editor.commands.focus(); });
    yes.addEventListener("click", () => {
      end();
      removeParagraph(editor, url);
      const blocks = all(".order-machine > .inline-related:not(.empty-form)").sort((a, b) => a.style.order - b.style.order);
      const before = new Set(blocks);
      ContentEditor._insertBefore = blocks[blocks.indexOf(section) + 1] ?? null;
      ContentEditor.addContent("articles_embed_set");
      const block = all('.order-machine > [id^="articles_embed_set-"]:not(.empty-form)').find((added) => !before.has(added));
      const address = one('input[name$="-url"]', block);
      address.value = url;
      for (const type of ["input", "change"]) address.dispatchEvent(new Event(type, { bubbles: true }));
      address.focus();
    });
    textarea.closest(".prose-editor").after(offer);
  };
  const removeParagraph = (editor, text) => {
    editor.state.doc.forEach((node, offset) => {
      if (node.type.name !== "paragraph" || node.textContent.trim() !== text) return;
      editor.commands.deleteRange({ from: offset, to: offset + node.nodeSize });
    });
  };
  document.addEventListener("prose-editor:ready", ({ detail: { textarea, editor } }) => {
    editor.view.dom.addEventListener("paste", async (event) => {
      const url = event.clipboardData?.getData("text/plain").trim() ?? "";
      const { $from, empty } = editor.state.selection;
      if (!textarea.closest(".order-machine")) return;
      if (!/^https?:\/\/\S+$/.test(url) || !empty || $from.depth !== 1 || $from.parent.content.size) return;
      const answer = await ask("embed-hint", { url });
      if (answer?.kind === "video" || answer?.kind === "post") offerEmbed(textarea, editor, url, answer.says);
    }, true);
  });

  document.addEventListener("content-editor:ready", equipEmbeds);
  document.addEventListener("content-editor:activate", equipEmbeds);
})();
