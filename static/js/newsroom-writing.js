// The writing screen: blocks are moved, folded and inserted by buttons as well as by mouse, text areas have
// names, labels follow the typing, bylines and menus are put in order, a chosen picture is shown.
(function () {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  const say = (text) => { status.textContent = text; };
  const button = (className, text, label, act) => {
    const element = document.createElement("button");
    element.type = "button";
    element.className = `block-button ${className}`;
    element.textContent = text;
    element.setAttribute("aria-label", label);
    element.title = label;
    element.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (element.getAttribute("aria-disabled") !== "true") act(element);
    });
    return element;
  };

  // Blocks.
  const blocks = () =>
    all(".order-machine .inline-related:not(.empty-form)").sort((a, b) => a.style.order - b.style.order);
  const head = (block) => one(":scope > h3", block);
  const name = (block) => `${one("b", head(block)).textContent} ${one(".inline_label", head(block)).firstChild?.textContent ?? ""}`.trim();

  const place = (list) => {
    list.forEach((block, index) => {
      block.style.order = 10 * (index + 1);
      one(".order-machine-ordering", block).value = 10 * (index + 1);
    });
    markEnds();
  };

  const move = (block, step) => {
    const list = blocks();
    const from = list.indexOf(block);
    list.splice(from + step, 0, ...list.splice(from, 1));
    place(list);
    const words = step < 0 ? gettext("moved up") : gettext("moved down");
    say(`${name(block)}: ${words}, ${from + step + 1} / ${list.length}`);
  };

  const markEnds = () => {
    const list = blocks();
    list.forEach((block, index) => {
      one(".block-up", block)?.setAttribute("aria-disabled", index === 0);
      one(".block-down", block)?.setAttribute("aria-disabled", index === list.length - 1);
    });
  };

  const showFold = (block) => {
    const isOpen = !block.classList.contains("collapsed");
    one(".block-fold", block)?.setAttribute("aria-expanded", isOpen);
  };

  const firstWords = (block) => {
    const text = one('[contenteditable="true"]', block)?.textContent ?? one("textarea", block)?.value ?? "";
    const words = text.trim().split(/\s+/).slice(0, 8).join(" ");
    return words.length < text.trim().length ? `${words}…` : words;
  };

  // What `__str__` says on the server, from what is typed.
  const relabel = (block) => {
    const chosen = (field) => one(`select[name$="-${field}"]`, block)?.selectedOptions[0];
    const parts = [
      chosen("kind")?.textContent,
      one('input[name$="-heading"]', block)?.value,
      ["title", "author_name", "url"].map((field) => one(`input[name$="-${field}"]`, block)?.value).find(Boolean),
      chosen("image")?.textContent,
      chosen("show")?.value ? chosen("show").textContent : "",
      one('textarea[name$="-body"], textarea[name$="-quote"]', block) ? firstWords(block) : "",
    ];
    one(".inline_label", head(block)).textContent =
      parts.map((part) => part?.trim()).filter(Boolean).join(" · ") || gettext("New item");
  };

  const equip = (block) => {
    if (one(".block-buttons", block)) return;
    const bar = document.createElement("span");
    bar.className = "block-buttons";
    bar.append(
      button("block-up", "↑", gettext("Move up"), () => move(block, -1)),
      button("block-down", "↓", gettext("Move down"), () => move(block, 1)),
      button("block-fold", "", gettext("Fold and unfold"), () => head(block).click()),
    );
    head(block).append(bar);
    showFold(block);
    new MutationObserver(() => showFold(block)).observe(block, { attributeFilter: ["class"] });
  };

  // content-editor's own "+" marks and block types are spans and links without an address.
  const makePressable = (element, label) => {
    if (element.hasAttribute("tabindex")) return;
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    if (label) element.setAttribute("aria-label", label);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      element.click();
    });
  };

  const makeInsertable = () => {
    for (const target of all(".order-machine-insert-target")) {
      makePressable(target, gettext("Insert a block here"));
    }
    for (const choice of all(".plugin-buttons .plugin-button")) makePressable(choice);
    const collapse = one(".collapse-items");
    if (collapse) {
      collapse.tabIndex = 0;
      collapse.setAttribute("role", "button");
    }
  };

  let insertedFrom = null;
  document.addEventListener("click", (event) => {
    const target = event.target.closest?.(".order-machine-insert-target");
    if (!target) return;
    insertedFrom = target;
    // content-editor opens its choice in a listener that comes after this one.
    setTimeout(() => one(".plugin-buttons-visible .plugin-button:not(.content-editor-hide)")?.focus());
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === "Escape" && insertedFrom && event.target.closest?.(".plugin-buttons")) insertedFrom.focus();
  });

  document.addEventListener("content-editor:ready", () => {
    const machine = one(".order-machine");
    if (!machine) return;
    blocks().forEach((block) => {
      equip(block);
      relabel(block);
    });
    makeInsertable();
    markEnds();
    machine.addEventListener("drop", () => setTimeout(markEnds));
    for (const type of ["input", "change"]) {
      machine.addEventListener(type, (event) => {
        const block = event.target.closest(".inline-related");
        if (block) relabel(block);
      });
    }
    // The label of a stored block comes from the server; the picture or show chosen in it may be newer.
    django.jQuery(machine).on("select2:select", "select", (event) => relabel(event.target.closest(".inline-related")));
  });
  document.addEventListener("content-editor:activate", (event) => {
    const block = event.detail.inline;
    if (!block.classList.contains("empty-form") && one(".order-machine-ordering", block)) {
      equip(block);
      makeInsertable();
      markEnds();
    }
  });
  document.addEventListener("formset:removed", () => setTimeout(markEnds));

  // A text's editing area is named by the field's label.
  document.addEventListener("prose-editor:ready", (event) => {
    const { textarea, editor } = event.detail;
    const label = one(`label[for="${textarea.id}"]`);
    const area = editor.view.dom;
    if (label) {
      label.id ||= `${textarea.id}_label`;
      area.setAttribute("aria-labelledby", label.id);
      label.addEventListener("click", () => editor.commands.focus());
    }
    const block = textarea.closest(".inline-related");
    if (block?.closest(".order-machine")) editor.on("update", () => relabel(block));
  });

  // Bylines and menus: rows in order, numbered when the form is sent.
  const equipRows = (group) => {
    const rows = () => all("tr.form-row:not(.empty-form)", group);
    const number = () => rows().forEach((row, index) => {
      const field = one('input[name$="-position"]', row);
      if (field) field.value = index + 1;
      one(".block-up", row)?.setAttribute("aria-disabled", index === 0);
      one(".block-down", row)?.setAttribute("aria-disabled", index === rows().length - 1);
    });
    const moveRow = (row, step) => {
      const list = rows();
      const other = list[list.indexOf(row) + step];
      if (step < 0) swap(row, other);
      else swap(other, row);
      number();
      say(`${step < 0 ? gettext("moved up") : gettext("moved down")}, ${rows().indexOf(row) + 1} / ${list.length}`);
    };
    // The neighbour moves, so that the pressed button keeps the focus.
    const swap = (lower, upper) => (document.activeElement && lower.contains(document.activeElement)
      ? lower.after(upper) : upper.before(lower));
    const equipRow = (row) => {
      const cell = one("td.field-position", row);
      if (!cell || one(".block-buttons", cell)) return;
      const bar = document.createElement("span");
      bar.className = "block-buttons";
      bar.append(
        button("block-up", "↑", gettext("Move up"), () => moveRow(row, -1)),
        button("block-down", "↓", gettext("Move down"), () => moveRow(row, 1)),
      );
      cell.append(bar);
    };
    group.classList.add("has-row-buttons");
    const equipAll = () => {
      rows().forEach(equipRow);
      number();
    };
    equipAll();
    document.addEventListener("formset:added", equipAll);
    document.addEventListener("formset:removed", () => setTimeout(equipAll));
    group.closest("form").addEventListener("submit", number);
  };

  // The lead picture, as soon as it is chosen.
  const showChosenPicture = () => {
    const thumbnail = one("#lead-thumbnail");
    if (!thumbnail) return;
    const field = django.jQuery("#id_lead_image");
    // Also when a picture was just added in a window of its own: select2 says "change", then what was chosen.
    let shown = field.val();
    field.on("change", () => { thumbnail.hidden = !shown || field.val() !== shown; });
    field.on("select2:select", (event) => {
      shown = event.params.data.id;
      thumbnail.src = event.params.data.thumbnail ?? "";
      thumbnail.alt = event.params.data.text;
      thumbnail.hidden = !event.params.data.thumbnail;
    });
  };

  django.jQuery(() => {
    document.body.append(status);
    all(".inline-group").filter((group) => one("fieldset.ordered-rows", group)).forEach(equipRows);
    showChosenPicture();
  });
})();
