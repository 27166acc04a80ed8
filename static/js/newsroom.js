(function () {
  "use strict";
  const isIn = document.currentScript.dataset.newsroom === "in";

  // The mark that lets public pages ask whether to show "Edit"; gone when somebody logs out.
  try {
    if (isIn) localStorage.setItem("cliffhanger-newsroom", "1");
    else if (document.body.classList.contains("logged-out")) {
      localStorage.removeItem("cliffhanger-newsroom");
      // What was typed and could not be sent is for its writer's eyes alone.
      Object.keys(localStorage).filter((key) => key.startsWith("cliffhanger-typed-")).forEach((key) => localStorage.removeItem(key));
    }
  } catch {
    // Storage is switched off: there will be no "Edit" link, everything else works.
  }

  // Names for what the admin leaves nameless: choosers, the ticks that delete a row, the search.
  const labelOf = (field) => {
    const label = document.querySelector(`label[for="${field.id}"]`);
    const cell = field.closest("td");
    const heading = cell?.closest("table").tHead?.rows[0].cells[cell.cellIndex];
    return (label ?? heading)?.textContent.trim().replace(/:$/, "") ?? "";
  };
  const name = () => {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      const box = select.nextElementSibling;
      for (const part of box?.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]") ?? []) {
        part.removeAttribute("aria-labelledby");
        const chosen = select.multiple ? "" : select.selectedOptions[0]?.textContent;
        part.setAttribute("aria-label", [labelOf(select), chosen].filter(Boolean).join(": "));
      }
    }
    for (const tick of document.querySelectorAll("td.delete input")) tick.setAttribute("aria-label", labelOf(tick));
    const search = document.getElementById("searchbar");
    search?.setAttribute("aria-label", search.form.querySelector("[type=submit]").value);
  };
  // The admin makes its choosers in jQuery's queue, which may come after the load event.
  const jQuery = window.django?.jQuery;
  if (jQuery) jQuery(name);
  else document.addEventListener("DOMContentLoaded", name);
  document.addEventListener("formset:added", () => setTimeout(name));
  document.addEventListener("change", (event) => {
    if (event.target.matches("select")) name();
  });
  jQuery?.(document).on("select2:select select2:clear", () => setTimeout(name));
})();
