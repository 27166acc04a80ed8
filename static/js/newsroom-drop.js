// The writing screen: a picture dropped or pasted on a picture's field goes into the library and is chosen there.
(function () {
  "use strict";
  const FIELDS = ["lead_image", "social_image", "image", "poster"];
  let form = null;
  const lead = () => form.querySelector("#id_lead_image");

  const choosers = () => [...form.querySelectorAll("select.admin-autocomplete")]
    .filter((select) => FIELDS.includes(select.dataset.fieldName) && !select.name.includes("__prefix__"));
  const rowOf = (select) => select.closest(".form-row") ?? select.parentElement;
  const chooserAt = (place) => choosers().find((select) => rowOf(select).contains(place));
  const filesOf = (transfer) => [...(transfer?.files ?? [])];

  // The sentence beside the field, with a link to describe what was just added.
  function say(select, text, picture) {
    let line = rowOf(select).querySelector(".drop-said");
    if (!line) {
      line = document.createElement("p");
      line.className = "drop-said";
      line.setAttribute("role", "status");
      rowOf(select).append(line);
    }
    line.textContent = `${text} `;
    if (!picture) return;
    const link = document.createElement("a");
    link.href = form.dataset.describePicture.replace("/0/", `/${picture}/`);
    link.target = "_blank";
    link.textContent = gettext("Say what it shows (opens a new tab)");
    line.append(link);
  }

  function choose(select, { id, text, thumbnail }) {
    const there = [...select.options].find((option) => option.value === String(id));
    if (!there) select.append(new Option(text, id));
    select.value = String(id);
    select.dispatchEvent(new Event("change", { bubbles: true }));
    const data = { id: String(id), text, thumbnail };
    django.jQuery(select).trigger({ type: "select2:select", params: { data } });
  }

  async function upload(select, file) {
    say(select, interpolate(gettext("Uploading %s …"), [file.name]));
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    data.append("file", file, file.name);
    let answer = {};
    try {
      const response = await fetch(form.dataset.addPicture, { method: "POST", body: data, headers: { Accept: "application/json" } });
      answer = await response.json();
    } catch {
      // No connection, or the login page instead of an answer.
    }
    if (!answer.id) {
      say(select, answer.error ?? gettext("It was not added: no connection, or you are logged out. Try again."));
      return;
    }
    choose(select, answer);
    say(select, answer.said, answer.id);
  }

  // Dropped beside every field it becomes the lead picture, where there is none yet.
  function take(event, files) {
    const select = chooserAt(event.target) ?? lead();
    if (!select || select.disabled) return;
    event.preventDefault();
    if (select === lead() && select.value && !chooserAt(event.target)) {
      say(select, gettext("There is a lead picture already. Drop the new one on the field that it is for."));
      return;
    }
    upload(select, files[0]);
  }

  const mark = (place) => {
    for (const select of choosers()) rowOf(select).classList.toggle("is-dropping-here", rowOf(select).contains(place));
  };

  function start() {
    form = document.querySelector("#article_form");
    if (!form) return;
    document.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      mark(event.target);
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) mark(null);
    });
    document.addEventListener("drop", (event) => {
      mark(null);
      const files = filesOf(event.dataTransfer);
      if (files.length) take(event, files);
    });
    document.addEventListener("paste", (event) => {
      const files = filesOf(event.clipboardData);
      // Text from a word processor comes with a picture of itself: there the text counts.
      const isText = event.clipboardData?.types.includes("text/plain");
      const isWriting = event.target.closest?.("dialog, .ProseMirror, textarea, input:not(.select2-search__field)");
      if (files.length && !isText && (chooserAt(event.target) || !isWriting)) take(event, files);
    });
  }
  django.jQuery(start);
})();
