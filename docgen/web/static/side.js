// Better with, but never needed: saving while one types, findings live, keys, dropping a file. No library.
(() => {
  "use strict";
  const root = document.documentElement.dataset.rod; // where the page stands below its host: "" or "/sagsklar"
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const say = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };
  const later = (work, wait) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(work, wait); }; };

  // The menu of a case is folded on a small screen.
  const fold = one(".sag-menu-fold");
  if (fold && window.matchMedia("(max-width: 860px)").matches) fold.open = false;

  // An address that points at a field opens what is folded around it, and goes there.
  const aim = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    const field = target.matches("input, select, textarea, mark, [tabindex]") ? target : one("input:not([type=hidden]), select, textarea", target);
    if (field) field.focus({ preventScroll: true });
    target.scrollIntoView({ block: target.offsetHeight > window.innerHeight / 2 ? "start" : "center" });
  };
  window.addEventListener("hashchange", aim);
  aim();
  if (new URLSearchParams(location.search).has("gemt")) say(one("[data-status]"), "Gemt.");

  // What is typed and not yet taken by the programme is kept in the browser until it is, in case the lid is closed or the
  // programme dies. Cases: until saved (localStorage, as a new tab may be needed). Texts to check: this tab only.
  const keep = (place, key, what) => { try { what ? place.setItem(key, JSON.stringify(what)) : place.removeItem(key); } catch { /* full, or not allowed */ } };
  const kept = (place, key) => { try { return JSON.parse(place.getItem(key) || "null"); } catch { return null; } };

  // A programme that was started again does not know this page's token: the page fetches a new one and goes on.
  const send = async (address, body, options = {}) => {
    const token = () => one("input[name=csrf]").value;
    const post = () => { body.set("csrf", token()); return fetch(address, { method: "POST", body, headers: { "x-csrf": token() }, ...options }); };
    const response = await post();
    if (response.status !== 403) return response;
    const fresh = new DOMParser().parseFromString(await (await fetch(`${root}/tjek`)).text(), "text/html");
    const renewed = one("input[name=csrf]", fresh);
    if (!renewed || renewed.value === token()) return response;
    for (const field of all("input[name=csrf]")) field.value = renewed.value;
    return post();
  };
  const told = (status, otherwise) => status === 403 ? "Programmet er startet igen, og du skal lukkes ind igen. Åbn dets nye adresse i en anden fane; så gemmer denne side selv." : otherwise;

  const notice = (before, text) => {
    const box = document.createElement("p");
    box.className = "alert-lille";
    box.setAttribute("role", "status");
    box.textContent = text;
    before.before(box);
    return box;
  };

  // A draft in another window follows what is written in the case.
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("sagsklar") : null;
  const follower = one("[data-foelger]");
  if (channel && follower) {
    one("[data-foelger-hjaelp]", follower).hidden = false;
    const renew = later(async () => {
      const response = await fetch(location.pathname);
      const fresh = response.ok && one("[data-foelger]", new DOMParser().parseFromString(await response.text(), "text/html"));
      if (!fresh) return;
      const open = all("details", follower).map((box) => box.open);
      follower.replaceChildren(...fresh.childNodes);
      all("details", follower).forEach((box, number) => { if (open[number] !== undefined) box.open = open[number]; });
      one("[data-foelger-hjaelp]", follower).hidden = false;
    }, 500);
    channel.onmessage = (event) => { if (event.data === follower.dataset.foelger) renew(); };
  }

  // --- A form that saves itself -------------------------------------------------------------------------------------
  for (const form of all("form.gemmer")) {
    const status = one("[data-status]", form);
    const dirty = new Set();
    let busy = false, stopped = false, base = "";

    const values = (name) => new FormData(form).getAll(name);
    const draft = `sagsklar ${location.pathname}`;
    const hold = () => keep(localStorage, draft, dirty.size ? { version: base || form.elements.version.value, fields: Object.fromEntries([...dirty].map((name) => [name, values(name)])) } : null);

    const messages = (answer) => {
      for (const [name, error] of Object.entries(answer.fejl)) {
        const place = one(`[data-fejl="${CSS.escape(name)}"]`, form);
        if (!place) continue;
        say(place, error);
        place.hidden = !error;
        const group = place.closest(".form-group");
        if (group) group.classList.toggle("form-error", Boolean(error));
        const field = form.elements[`f:${name}`];
        if (field && field.setAttribute) error ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
      }
      if (answer.bemaerkninger) {
        for (const list of all("[data-besked]", form)) {
          const said = answer.bemaerkninger[list.dataset.besked] || [];
          const wanted = JSON.stringify(said);
          if (list.dataset.sagt === wanted) continue;
          list.dataset.sagt = wanted;
          list.replaceChildren(...said.map((remark) => {
            const item = document.createElement("li");
            item.className = `bemaerkning bemaerkning-${remark.severity}`;
            const weight = document.createElement("strong");
            weight.textContent = `${remark.severity[0].toUpperCase()}${remark.severity.slice(1)}: `;
            item.append(weight, remark.text);
            if (remark.advice) {
              const advice = document.createElement("span");
              advice.className = "raad";
              advice.textContent = remark.advice;
              item.append(advice);
            }
            return item;
          }));
        }
      }
      const figure = one("[data-profil]");
      if (figure && answer.profil) figure.innerHTML = answer.profil;
      for (const [name, sent] of Object.entries(answer.andre)) {
        if (dirty.has(`f:${name}`)) continue;
        const field = form.elements[`f:${name}`];
        if (field && "value" in field && field.type !== "hidden" && field !== document.activeElement) field.value = sent.join("\n");
      }
    };

    const save = async () => {
      if (busy || stopped || !dirty.size) return;
      busy = true;
      const names = [...dirty];
      dirty.clear();
      const body = new FormData();
      body.set("version", base || form.elements.version.value);
      if (form.dataset.afsnit) body.set("afsnit", form.dataset.afsnit);
      for (const name of names) for (const value of values(name)) body.append(name, value);
      say(status, "Gemmer …");
      try {
        const response = await send(form.dataset.gem, body, { keepalive: true });
        if (response.status === 409) { stopped = true; form.elements.version.value = base || form.elements.version.value; form.requestSubmit(); return; }
        if (!response.ok) throw Object.assign(new Error(), { status: response.status });
        const answer = await response.json();
        form.elements.version.value = answer.version;
        base = "";
        hold();
        if (channel) channel.postMessage(form.dataset.gem.slice(root.length).split("/")[2]);
        messages(answer);
        say(status, answer.status);
        const undo = document.getElementById("fortryd");
        if (undo) undo.disabled = !answer.kan_fortryde;
        if (answer.genindlaes && !dirty.size) {
          const id = document.activeElement && document.activeElement.id;
          location.replace(`${location.pathname}${id ? `#${id}` : ""}`);
          if (id && location.hash === `#${id}`) location.reload();
        }
      } catch (error) {
        for (const name of names) dirty.add(name);
        hold();
        say(status, `Ikke gemt endnu. ${told(error.status, "Programmet svarer ikke.")} Det, du har skrevet, står her stadig.`);
        setTimeout(save, 4000);
      } finally {
        busy = false;
        if (dirty.size && !stopped) soon();
      }
    };
    const soon = later(save, 600);

    form.addEventListener("input", (event) => { if ((event.target.name || "").startsWith("f:")) { dirty.add(event.target.name); hold(); soon(); } });
    form.addEventListener("change", (event) => { if ((event.target.name || "").startsWith("f:")) { dirty.add(event.target.name); hold(); save(); } });
    window.addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
    window.addEventListener("beforeunload", (event) => { if (dirty.size && !stopped) { save(); if (dirty.size) event.preventDefault(); } });
    form.addEventListener("submit", () => { stopped = true; dirty.clear(); });

    // What was typed before this file had come, or put back by the browser after a crash, counts too.
    const touched = (field) => {
      if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
      if (field.tagName === "SELECT") return [...field.options].some((o) => o.defaultSelected) ? !field.selectedOptions[0]?.defaultSelected : field.selectedIndex > 0;
      return field.value !== field.defaultValue;
    };
    for (const field of form.elements) if ((field.name || "").startsWith("f:") && touched(field)) dirty.add(field.name);

    // What an earlier page had not got saved is put back in, measured against the case as that page knew it.
    const lost = kept(localStorage, draft);
    if (lost) {
      for (const [name, before] of Object.entries(lost.fields)) {
        const fields = all(`[name="${CSS.escape(name)}"]`, form).filter((field) => field.type !== "hidden");
        if (!fields.length || JSON.stringify(values(name)) === JSON.stringify(before)) continue;
        for (const field of fields) {
          if (field.type === "checkbox" || field.type === "radio") field.checked = before.includes(field.value);
          else field.value = before[before.length - 1] ?? "";
        }
        dirty.add(name);
        base = lost.version;
      }
      if (base) notice(form, "Det, du skrev sidst, var ikke blevet gemt. Det er sat ind igen og bliver gemt nu.");
      else if (!dirty.size) hold();
    }
    if (dirty.size) soon();
  }

  // Two texts for one field, and a person has chosen: what was held back is settled.
  const settled = one("form.valg-mellem-to");
  if (settled) settled.addEventListener("submit", () => keep(localStorage, `sagsklar ${root}${settled.elements.tilbage.value}`, null));

  // Finding a case among many: on the page only, so that no name stands in an address.
  const search = one("[data-soeg]");
  if (search) {
    search.hidden = false;
    const rows = all("tr", document.getElementById("sagsliste")), field = one("input", search);
    field.addEventListener("input", () => {
      const words = field.value.toLocaleLowerCase("da").split(/\s+/);
      for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLocaleLowerCase("da").includes(word));
      const left = rows.filter((row) => !row.hidden).length;
      say(one("[data-soeg-svar]", search), field.value ? `${left === 1 ? "Én sag" : `${left} sager`} af ${rows.length}.` : "");
    });
  }

  // --- Checking while one types -------------------------------------------------------------------------------------
  const checker = document.getElementById("tjekker");
  if (checker) {
    const text = one("textarea", checker), result = one("[data-resultat]"), status = one("[data-tjekstatus]");
    let asked = 0;
    const check = async () => {
      const mine = ++asked;
      const body = new FormData(checker);
      body.delete("fil");
      body.set("nummer", checker.dataset.nummer);
      say(status, "Tjekker …");
      try {
        const response = await send(`${root}/tjek-nu`, body);
        if (!response.ok) throw Object.assign(new Error(), { status: response.status });
        const answer = await response.json();
        if (mine !== asked) return;
        const said_before = one("[data-forkert]");
        if (said_before) said_before.remove();
        if (result.contains(document.activeElement)) return;
        if (answer.nummer !== checker.dataset.nummer) {
          checker.dataset.nummer = answer.nummer;
          checker.action = `${root}/tjek/${answer.nummer}`;
          history.replaceState(null, "", `${root}/tjek/${answer.nummer}`);
          const after = one("[data-efter]");
          after.hidden = false;
          for (const form of all("form", after)) form.action = `${root}/tjek/${answer.nummer}/${form.action.split("/").pop()}`;
          hold();
        }
        result.innerHTML = answer.html || "<p class=\"tom\">Der er ikke tjekket noget endnu.</p>";
        result.dataset.faerdig = String(mine);
        say(status, answer.status);
      } catch (error) {
        if (mine !== asked) return;
        say(status, `Kunne ikke tjekke lige nu. ${told(error.status, "Programmet svarer ikke.")} Din tekst står her stadig.`);
        setTimeout(() => { if (mine === asked) check(); }, 4000);
      }
    };
    const draft = "sagsklar tjek";
    const hold = () => { if (text) keep(sessionStorage, draft, text.value.trim() ? { text: text.value, number: checker.dataset.nummer } : null); };
    if (text) {
      const soon = later(check, 400);
      text.addEventListener("input", () => { hold(); soon(); });
      const lost = kept(sessionStorage, draft), here = location.pathname.slice(root.length).split("/")[2] || "";
      const back = () => { text.value = lost.text; text.focus(); soon(); };
      if (lost && lost.text !== text.value) {
        if (lost.number === here || !here && !lost.number) { back(); notice(checker, "Det, du skrev sidst, er sat ind igen."); }
        else if (!text.value) {
          const button = document.createElement("button");
          button.type = "button";
          button.className = "button button-tertiary";
          button.textContent = "Hent den sidste tekst tilbage";
          const box = notice(checker, "Du skrev en tekst før, som ikke er lukket. ");
          button.onclick = () => { box.remove(); back(); };
          box.append(button);
        }
      }
      for (const field of all("select, input:not([type=hidden]):not([type=file])", checker)) field.addEventListener("change", soon);
    }
    // Buttons beside the text take it along, so that the last words are there when the page comes back.
    if (text) document.addEventListener("submit", (event) => {
      if (event.target.action.endsWith("/luk")) keep(sessionStorage, draft, null);
      else hold();
      if (event.target === checker || !event.target.action.includes("/tjek/")) return;
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "tekst";
      field.value = text.value;
      event.target.append(field);
    });
    const drop = one("[data-slip]", checker);
    if (drop) {
      const file = one("input[type=file]", drop);
      for (const kind of ["dragover", "dragenter"]) document.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("slip"); });
      document.addEventListener("dragleave", () => drop.classList.remove("slip"));
      document.addEventListener("drop", (event) => {
        event.preventDefault();
        drop.classList.remove("slip");
        if (event.dataTransfer.files.length) { file.files = event.dataTransfer.files; checker.requestSubmit(); }
      });
      file.addEventListener("change", () => { if (file.files.length) checker.requestSubmit(); });
    }
  }

  // --- Many letters: one at a time, so that it can be followed and stopped --------------------------------------------
  const pile = document.getElementById("bunke");
  if (pile) {
    const box = one("[data-fremdrift]", pile), bar = one("progress", box), words = one("[data-fremdrift-ord]", box), said = one("[data-fremdrift-sagt]", pile);
    const stop = one("[data-stop]", box), go_on = one("[data-videre]", box), begin = one("button.button-primary", pile);
    const readable = /\.(docx|txt|md)$/i;
    const name_of = (file) => file.webkitRelativePath || file.name;
    const post = async (address, body) => {
      const response = await send(address, body);
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    };
    const read_all = async (files, passed_over) => {
      let number = "", next = 0, halted = false;
      const facts = new FormData(pile);
      facts.delete("filer");
      facts.set("enkeltvis", "1");
      const finish = () => { if (number && next) location.assign(`${root}/overblik/${number}?af=${files.length}#resultat`); else { box.hidden = true; begin.disabled = false; } };
      const work = async () => {
        go_on.hidden = true;
        halted = false;
        try {
          if (!number) number = (await post(`${root}/overblik`, facts)).nummer;
          while (next < files.length && !halted) {
            const body = new FormData();
            body.append("filer", files[next], name_of(files[next]));
            const so_far = await post(`${root}/overblik/${number}/brev`, body);
            next += 1;
            bar.value = next;
            say(words, `${next} af ${files.length} læst. ${so_far.fejl} med fejl${so_far.ulaest ? `, ${so_far.ulaest} kunne ikke læses` : ""}.${passed_over}`);
            if (next % Math.max(1, Math.round(files.length / 10)) === 0) say(said, `${next} af ${files.length} læst.`);
          }
          finish();
        } catch {
          say(words, `Stoppet ved »${name_of(files[next])}«: programmet svarer ikke. ${next} af ${files.length} er læst.`);
          say(said, words.textContent);
          go_on.hidden = false;
          go_on.focus();
        }
      };
      stop.onclick = () => { halted = true; if (!go_on.hidden) finish(); };
      go_on.onclick = work;
      bar.max = files.length;
      bar.value = 0;
      box.hidden = false;
      begin.disabled = true;
      say(words, `${files.length === 1 ? "Ét brev" : `${files.length} breve`} er valgt.${passed_over}`);
      stop.focus();
      await work();
    };
    pile.addEventListener("submit", (event) => {
      const chosen = all("input[type=file]", pile).flatMap((field) => [...field.files]).filter((file) => !/^(~\$|\.)/.test(file.name));
      const files = chosen.filter((file) => readable.test(file.name)).sort((a, b) => name_of(a).localeCompare(name_of(b), "da", { numeric: true }));
      if (!files.length) {
        if (chosen.length) { event.preventDefault(); box.hidden = false; stop.hidden = true; say(words, "Ingen af de valgte filer er Word, .txt eller .md."); say(said, words.textContent); }
        return;
      }
      event.preventDefault();
      stop.hidden = false;
      const others = chosen.length - files.length;
      read_all(files, others ? ` ${others === 1 ? "Én fil" : `${others} filer`} af en anden slags er ikke med.` : "");
    });
    const drop = one("[data-slip]", pile);
    for (const kind of ["dragover", "dragenter"]) document.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("slip"); });
    document.addEventListener("dragleave", () => drop.classList.remove("slip"));
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("slip");
      if (event.dataTransfer.files.length) { one("input", drop).files = event.dataTransfer.files; pile.requestSubmit(); }
    });
  }

  // F8 and Shift+F8 go from finding to finding in the text, and say which.
  let at = -1;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8") return;
    const marks = all("mark[data-fund]");
    if (!marks.length) return;
    event.preventDefault();
    const here = marks.indexOf(document.activeElement);
    if (here >= 0) at = here;
    at = (at + (event.shiftKey ? -1 : 1) + marks.length) % marks.length;
    const mark = marks[at];
    mark.focus();
    mark.scrollIntoView({ block: "center" });
    const finding = document.getElementById(`fund-${mark.dataset.fund}`);
    const head = finding && one(".fund-hoved", finding);
    say(one("[data-tjekstatus]"), `Fund ${at + 1} af ${marks.length}. ${head ? head.textContent.trim().replace(/\s+/g, " ") : ""}`);
  });
})();
