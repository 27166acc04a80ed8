// The picture library: uploads with their progress, and the focal point.
(function () {
  "use strict";
  const one = (selector, within = document) => within.querySelector(selector);
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_mark, name) => values[name]);

  function made(tag, className, text = "") {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  }

  // Uploads: one request for each file, one after the other, so that one which is refused stops no other.

  class Uploads {
    constructor(form) {
      this.form = form;
      this.waiting = [];
      this.added = new Map();
      this.refused = 0;
      this.isBusy = false;
    }

    take(files) {
      for (const file of files) {
        const row = made("li", "");
        const bar = document.createElement("progress");
        bar.max = 1;
        bar.value = 0;
        bar.setAttribute("aria-label", file.name);
        row.append(made("span", "name", file.name), bar, made("span", "outcome", gettext("Waiting")));
        one(".upload-list", this.form).append(row);
        this.waiting.push({ file, row });
      }
      if (!this.isBusy) this.work();
    }

    async work() {
      this.isBusy = true;
      while (this.waiting.length) {
        const next = this.waiting.shift();
        this.say(interpolate(ngettext("%s file left to upload.", "%s files left to upload.", this.waiting.length + 1), [this.waiting.length + 1]));
        await this.send(next);
      }
      this.isBusy = false;
      this.finish();
    }

    send({ file, row }) {
      const data = new FormData();
      data.append("csrfmiddlewaretoken", one("[name=csrfmiddlewaretoken]", this.form).value);
      data.append("file", file, file.name);
      const [bar, outcome] = [one("progress", row), one(".outcome", row)];
      outcome.textContent = gettext("Uploading");
      return new Promise((done) => {
        const request = new XMLHttpRequest();
        request.open("POST", this.form.action);
        request.setRequestHeader("Accept", "application/json");
        request.upload.addEventListener("progress", (event) => {
          if (!event.lengthComputable) return;
          bar.value = event.loaded / event.total;
          if (event.loaded === event.total) outcome.textContent = gettext("Making its sizes");
        });
        request.addEventListener("loadend", () => {
          const answer = answerOf(request);
          bar.value = answer.id ? 1 : 0;
          outcome.textContent = answer.said ?? answer.error;
          row.classList.add(answer.id ? "is-added" : "is-refused");
          if (answer.id) this.added.set(answer.id, answer);
          else this.refused += 1;
          done();
        });
        request.send(data);
      });
    }

    // Where all went well the next page opens by itself; a refusal must be read first.
    finish() {
      this.say("");
      if (!this.added.size) return;
      const address = `${this.form.dataset.describe}?ids=${[...this.added.keys()].join(",")}`;
      if (!this.refused) {
        location.assign(address);
        return;
      }
      const link = made("a", "button default", gettext("Describe what was added"));
      link.href = address;
      one(".upload-said", this.form).replaceChildren(link);
    }

    say(text) {
      one(".upload-said", this.form).textContent = text;
    }
  }

  function answerOf(request) {
    try {
      const answer = JSON.parse(request.responseText);
      if (answer.id || answer.error) return answer;
    } catch {
      // Not ours: the login page, or an error of something between us and the server.
    }
    if (request.status === 413) return { error: gettext("This file is too large.") };
    if (request.status === 503) return { error: gettext("Pictures cannot be stored just now. Try again in a minute.") };
    return { error: gettext("It was not added: no connection, or you are logged out. Try again.") };
  }

  function startUploads(form) {
    const uploads = new Uploads(form);
    const chooser = one("input[type=file]", form);
    const picturesOf = (transfer) => [...(transfer?.files ?? [])];
    one(".upload-hint", form).hidden = false;
    one("input[type=submit]", form).hidden = true;
    form.addEventListener("submit", (event) => event.preventDefault());
    chooser.addEventListener("change", () => {
      uploads.take(chooser.files);
      chooser.value = "";
    });
    document.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      document.body.classList.add("is-dropping");
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) document.body.classList.remove("is-dropping");
    });
    document.addEventListener("drop", (event) => {
      document.body.classList.remove("is-dropping");
      if (!picturesOf(event.dataTransfer).length) return;
      event.preventDefault();
      uploads.take(picturesOf(event.dataTransfer));
    });
    document.addEventListener("paste", (event) => {
      const files = picturesOf(event.clipboardData);
      if (!files.length) return;
      event.preventDefault();
      uploads.take(files);
    });
    window.addEventListener("beforeunload", (event) => {
      if (uploads.isBusy) event.preventDefault();
    });
  }

  // The focal point: the two number fields hold it; the mark and the crops follow them.

  function startFocus(box) {
    const fields = [box.dataset.x, box.dataset.y].map((id) => document.getElementById(id));
    if (fields.some((field) => !field)) return;
    const picture = one(".focus-picture", box);
    const image = one("img", picture);
    const mark = made("button", "focus-mark");
    mark.type = "button";
    picture.append(mark);
    box.classList.add("has-focus");
    const within = (value) => Math.min(100, Math.max(0, Math.round(value)));
    const point = () => fields.map((field) => within(Number(field.value || 50)));

    const show = () => {
      const [x, y] = point();
      mark.style.left = `${x}%`;
      mark.style.top = `${y}%`;
      mark.setAttribute("aria-label", filled(box.dataset.move, { x, y }));
      for (const crop of box.querySelectorAll("svg")) {
        const drawn = one("image", crop);
        const { width, height } = crop.viewBox.baseVal;
        drawn.setAttribute("x", (width - drawn.width.baseVal.value) * x / 100);
        drawn.setAttribute("y", (height - drawn.height.baseVal.value) * y / 100);
      }
    };
    const move = (x, y) => {
      fields[0].value = within(x);
      fields[1].value = within(y);
      show();
    };
    const moveTo = (event) => {
      const frame = image.getBoundingClientRect();
      move((event.clientX - frame.left) / frame.width * 100, (event.clientY - frame.top) / frame.height * 100);
    };

    image.addEventListener("click", moveTo);
    mark.addEventListener("pointerdown", (event) => mark.setPointerCapture(event.pointerId));
    mark.addEventListener("pointermove", (event) => {
      if (mark.hasPointerCapture(event.pointerId)) moveTo(event);
    });
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    mark.addEventListener("keydown", (event) => {
      const step = steps[event.key];
      if (!step) return;
      event.preventDefault();
      const size = event.shiftKey ? 10 : 1;
      const [x, y] = point();
      move(x + step[0] * size, y + step[1] * size);
    });
    for (const field of fields) field.addEventListener("input", show);
    show();
  }

  function start() {
    for (const form of document.querySelectorAll("form.upload")) startUploads(form);
    for (const box of document.querySelectorAll(".focus")) startFocus(box);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
