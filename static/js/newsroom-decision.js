// Recording a decision: says what the show's status will be, and which season is likely meant, while one types.
(() => {
    "use strict";
    const start = () => {
        const told = document.querySelector(".decision-told");
        const form = told?.closest("form");
        if (!form) {
            return;
        }
        const season = form.elements.season_number;
        let suggested = "";
        let asked = 0;
        let waiting = 0;

        const typed = () => {
            const names = ["show", "outcome", "season_number", "announced_on", "precision"];
            const data = new FormData(form);
            return new URLSearchParams(names.map((name) => [name, data.get(name) || ""]));
        };

        const paragraph = (text, className) => {
            const element = document.createElement("p");
            element.textContent = text;
            element.className = className;
            return element;
        };

        const say = (answer) => {
            const lines = answer.status ? [paragraph(answer.status, "decision-status")] : [];
            lines.push(...(answer.doubles || []).map((text) => paragraph(text, "decision-double")));
            told.replaceChildren(...lines);
            told.hidden = lines.length === 0;
        };

        // Only an empty field is filled, or one that holds what was suggested before.
        const suggest = (answer) => {
            if (!answer.status || (season.value !== "" && season.value !== suggested)) {
                return false;
            }
            const number = answer.season ? String(answer.season) : "";
            const isNew = season.value !== number;
            season.value = suggested = number;
            return isNew;
        };

        const ask = async () => {
            const query = typed();
            const number = ++asked;
            if (!query.get("show") || !query.get("outcome")) {
                say({});
                return;
            }
            try {
                const response = await fetch(`${told.dataset.toldUrl}?${query}`);
                const answer = response.ok ? await response.json() : {};
                if (number !== asked) {
                    return;
                }
                if (suggest(answer)) {
                    ask();
                } else {
                    say(answer);
                }
            } catch {
                say({});
            }
        };

        const askSoon = (event) => {
            // What was typed into the season stays, also when it is emptied.
            if (event?.target === season) {
                suggested = null;
            }
            clearTimeout(waiting);
            waiting = setTimeout(ask, 300);
        };

        // The chooser of the show tells of its change by jQuery alone.
        window.django.jQuery(form).on("change input", askSoon);
        ask();
    };
    document.addEventListener("DOMContentLoaded", start);
})();
