/* Find, choose and sort the designs of an index, which is complete without it.

   It may be loaded more than once: Material's instant navigation evaluates the scripts in a page's content again. So
   it leaves those tools alone that it has shown already, and listens to what outlives a page only while the page does.
   Designs are numbers, the places in the index; everything that is known of them was written by the build. */
(() => {
  "use strict";

  const PAUSE = 150; // milliseconds of rest after which the address follows what is typed
  const DAY = 86400000;
  const [AT_ONCE, THEN] = [30, 100]; // designs: more than a screen holds, and as many as a frame has time for
  const FACETS = ["status", "author", "template", "tag"];

  class Finder {
    query = "";
    said = ""; // of what is chosen, as the page shows it
    chosen = Object.fromEntries(FACETS.map((name) => [name, new Set()])); // keys of values

    constructor(form) {
      const { dataset } = form;
      Object.assign(this, { form, words: dataset, order: dataset.order, usual: dataset.order });
      Object.assign(this, JSON.parse(dataset.known)); // ranks, facets, statuses, statusGroups
      this.suffix = dataset.designdocs === "0" ? "" : String(Number(dataset.designdocs) + 1);
      this.input = form.elements.find;
      this.select = form.elements.sort;
      this.direction = form.elements.direction;
      this.boxes = Object.fromEntries(FACETS.map((name) => [name, [...form.querySelectorAll(`[name=${name}]`)]]));
      this.keys = Object.fromEntries(FACETS.map((name) => [name, this.boxes[name].map((box) => box.value)]));
      this.collect();
      this.listen();
      form.hidden = false;
      this.read();
    }

    part(name) {
      return this.form.querySelector(`.designdocs-${name}`);
    }

    /** The elements of each design, and of each group that is hidden when none of its designs is left. */
    collect() {
      const count = this.statuses.length;
      this.elements = Array.from({ length: count }, () => []);
      this.groups = [];
      const mine = [...document.querySelectorAll(`[data-designdocs="${this.form.dataset.designdocs}"]`)];
      for (const list of mine.filter((one) => one.matches(".designdocs-list, .designdocs-titles"))) {
        const group = { list, items: [...list.children], numbers: [], shown: -1 };
        for (const item of group.items) {
          group.numbers.push(Number(item.dataset.n));
          this.elements[item.dataset.n].push(item);
        }
        this.groups.push(group);
      }
      const items = contents();
      this.sections = sections(this.groups, items);
      this.counts = mine
        .filter((one) => one.matches(".designdocs-counts"))
        .flatMap((one) => [...one.querySelectorAll("a")]);
      this.people = mine.filter((one) => one.matches(".designdocs-people")).flatMap((one) => [...one.children]);
      this.pictures = mine
        .filter((one) => one.matches(".designdocs-picture"))
        .map((one) => [one, headingOf(one)])
        .map(([one, heading]) => (heading ? [one, heading, ...items(heading)] : [one]));
      this.shown = new Uint8Array(count).fill(1);
      this.arrange();
      this.tellAges();
    }

    listen() {
      const { form, input } = this;
      form.addEventListener("submit", (event) => event.preventDefault());
      form.addEventListener("reset", (event) => {
        event.preventDefault();
        this.clear();
        input.focus();
      });
      input.addEventListener("focus", () => this.prepare(), { once: true });
      input.addEventListener("input", () => {
        this.query = input.value;
        this.apply();
      });
      form.addEventListener("input", (event) => {
        if (event.target.className === "designdocs-narrow") narrow(event.target);
      });
      form.addEventListener("change", (event) => {
        const box = event.target;
        if (box.type === "checkbox") this.choose(box.name, box.value, box.checked);
        if (box === this.select) this.sort(box.value);
      });
      this.direction.addEventListener("click", () => {
        this.sort(this.order.startsWith("-") ? this.order.slice(1) : `-${this.order}`);
      });
      form.addEventListener("click", (event) => {
        const opener = event.target.closest("[aria-expanded]");
        const chip = event.target.closest("[data-facet]");
        if (opener) this.open(opener.ariaExpanded === "true" ? null : opener);
        if (chip) this.drop(chip);
      });
      form.addEventListener("focusout", (event) => {
        const facet = event.target.closest(".designdocs-facet");
        if (facet && event.relatedTarget && !facet.contains(event.relatedTarget)) this.open(null);
      });
      form.addEventListener("keydown", (event) => this.press(event));
      this.while("popstate", window, () => this.read());
      this.while("pagehide", window, () => this.write());
      this.while("pointerdown", document, (event) => event.target.closest?.(".designdocs-facet") || this.open(null));
      this.while("keydown", document, (event) => this.step(event));
      this.while("click", document, (event) => this.follow(event), true);
    }

    /** Listen to what outlives the page for as long as the page is there. */
    while(type, target, react, first = false) {
      const listener = (event) =>
        this.form.isConnected ? react(event) : target.removeEventListener(type, listener, first);
      target.addEventListener(type, listener, first);
    }

    // Keys -------------------------------------------------------------------------------------------------------

    press(event) {
      if (event.key === "Escape") {
        const open = this.form.querySelector('[aria-expanded="true"]');
        if (open) {
          this.open(null);
          open.focus();
        } else if (this.query) {
          this.input.value = this.query = "";
          this.apply();
        } else return;
        event.preventDefault();
        event.stopPropagation();
      } else if (event.key === "ArrowDown" && event.target === this.input) {
        const first = this.links()[0];
        if (!first) return;
        event.preventDefault();
        first.focus();
      } else if (event.key === "Enter" && event.target === this.input) event.preventDefault();
      else if (event.key.startsWith("Arrow") && event.target.type === "checkbox") {
        const boxes = [...event.target.closest("[role=group]").querySelectorAll("label:not([hidden]) input")];
        const next = boxes[boxes.indexOf(event.target) + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
        if (!next) return;
        event.preventDefault();
        next.focus();
      }
    }

    /** From one title to the next. */
    step(event) {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (!event.target.matches?.(".designdocs-card__title")) return;
      const links = this.links();
      const at = links.indexOf(event.target);
      if (at < 0 || at + by >= links.length) return;
      event.preventDefault();
      (links[at + by] ?? this.input).focus();
    }

    /** The titles of the cards that are to be seen, in their order. */
    links() {
      return this.groups.flatMap(({ list }) => [
        ...list.querySelectorAll(".designdocs-card:not([hidden]) .designdocs-card__title"),
      ]);
    }

    // What is asked for ------------------------------------------------------------------------------------------

    choose(name, key, on) {
      if (on) this.chosen[name].add(key);
      else this.chosen[name].delete(key);
      this.apply();
    }

    drop(chip) {
      const chips = this.part("chosen").children;
      const at = [...chips].indexOf(chip);
      this.choose(chip.dataset.facet, chip.dataset.key, false);
      this.tick();
      (chips[Math.min(at, chips.length - 1)] ?? this.input).focus();
    }

    clear() {
      this.input.value = this.query = "";
      for (const name of FACETS) this.chosen[name].clear();
      this.tick();
      this.apply();
    }

    tick() {
      for (const name of FACETS) for (const box of this.boxes[name]) box.checked = this.chosen[name].has(box.value);
    }

    open(opener) {
      for (const one of this.form.querySelectorAll("[aria-expanded]")) {
        const isOpen = one === opener;
        if ((one.ariaExpanded === "true") === isOpen) continue;
        one.ariaExpanded = isOpen;
        const panel = one.nextElementSibling;
        panel.hidden = !isOpen;
        if (isOpen) this.count();
        // The panel of a facet at the end of the row would leave a narrow window.
        if (isOpen) panel.classList.toggle("designdocs-facet__panel--left", leaves(panel, one));
      }
    }

    // The address ------------------------------------------------------------------------------------------------

    /** Take over what the address asks for. It says `find`, for at `q` Material opens its own search. */
    read() {
      const asked = new URLSearchParams(location.search);
      const sort = asked.get(`sort${this.suffix}`) ?? this.usual;
      this.input.value = this.query = (asked.get(`find${this.suffix}`) ?? "").replace(/\p{Cc}+/gu, " ").trim();
      for (const name of FACETS) {
        this.chosen[name] = new Set(asked.getAll(name + this.suffix).flatMap((said) => this.meant(name, said)));
      }
      this.tick();
      this.sort(bare(sort) in this.ranks ? sort : this.usual, { quietly: true });
      if (this.query) this.prepare();
      this.apply({ quietly: true });
    }

    /** The keys that somebody means by a value of a facet: `@ana`, a label, a group of statuses. What no design has is
        asked for all the same, and not found. */
    meant(name, said) {
      const asked = spoken(said);
      const those = this.boxes[name].filter((box) => [box.value, labelOf(box)].map(spoken).includes(asked));
      if (those.length) return those.map((box) => box.value);
      return (name === "status" && this.statusGroups[asked]) || (asked ? [said] : []);
    }

    /** A link to a place on this page keeps what is asked for, though instant navigation has made its address whole;
        one that asks for something else on this page needs no new page. */
    follow(event) {
      const link = event.target.closest?.("a[href]");
      if (!link || link.origin + link.pathname !== location.origin + location.pathname) return;
      if (link.hash) {
        this.write();
        if (link.search !== location.search) link.search = location.search;
      } else if (FACETS.some((name) => new URLSearchParams(link.search).has(name + this.suffix)) && isPlain(event)) {
        event.preventDefault();
        event.stopPropagation();
        this.write();
        history.pushState(null, "", link.href);
        this.read();
        scrollTo(0, 0);
      }
    }

    /** Let the address say what is asked for, and leave alone what others have put there. */
    write() {
      clearTimeout(this.due);
      if (!this.due) return;
      this.due = 0;
      const address = new URL(location.href);
      const said = address.searchParams;
      const put = (name, values) => {
        said.delete(name + this.suffix);
        for (const value of values) said.append(name + this.suffix, value);
      };
      put("find", this.query.trim() ? [this.query.trim()] : []);
      for (const name of FACETS) put(name, this.chosen[name]);
      put("sort", this.order === this.usual ? [] : [this.order]);
      if (address.href !== location.href) history.replaceState(history.state, "", address);
    }

    writeSoon() {
      clearTimeout(this.due);
      this.due = setTimeout(() => this.form.isConnected && this.write(), PAUSE);
    }

    // Filter -----------------------------------------------------------------------------------------------------

    /** Everything that is searched, of each design in one text; when somebody is about to search. */
    prepare() {
      if (this.texts) return;
      const labels = FACETS.filter((name) => name === "author" || name === "tag").map((name) => [
        this.facets[name],
        this.boxes[name].map((box) => `${labelOf(box)} @${box.value}`),
      ]);
      this.texts = this.elements.map(([element], number) => {
        const own = element ? [...element.querySelectorAll(TEXTS)].map((one) => one.textContent) : [];
        const said = labels.flatMap(([values, names]) => values[number].map((value) => names[value]));
        return folded([...own, ...said].join("\n"));
      });
      if (this.form.dataset.catalogue) this.fetch();
    }

    /** What the page leaves out of a long index: the overview. Where it cannot be had, the rest is searched. */
    async fetch() {
      try {
        const answer = await fetch(this.form.dataset.catalogue);
        const { designs } = await answer.json();
        const root = new URL(this.form.dataset.root, location);
        const said = new Map(designs.map((one) => [new URL(one.url, root).pathname, one.overview]));
        this.elements.forEach(([element], number) => {
          const overview = said.get(element?.querySelector("a")?.pathname);
          if (overview) this.texts[number] += folded(`\n${overview}`);
        });
      } catch {
        return;
      }
      if (this.query && this.form.isConnected) this.apply();
    }

    /** For each design whether it is asked for, but for one of the facets. */
    matches(but) {
      const words = folded(this.query).split(/\s+/).filter(Boolean);
      const asked = FACETS.filter((name) => name !== but && this.chosen[name].size);
      return this.statuses.map((_, number) => {
        const has = (name) => this.facets[name][number].some((value) => this.chosen[name].has(this.keys[name][value]));
        return asked.every(has) && words.every((word) => this.texts[number].includes(word));
      });
    }

    get isFiltering() {
      return Boolean(this.query.trim()) || FACETS.some((name) => this.chosen[name].size);
    }

    apply({ quietly = false } = {}) {
      if (this.query.trim()) this.prepare();
      const found = this.matches();
      this.change(found);
      this.regroup(found);
      this.tell(found, found.filter(Boolean).length);
      this.show();
      if (!quietly) this.writeSoon();
    }

    /** Take away what is not asked for, and bring back what is: at once what may be on the screen, the rest soon. */
    change(found) {
      cancelAnimationFrame(this.coming);
      const back = [];
      for (const number of this.sequence) {
        if (Boolean(this.shown[number]) === found[number]) continue;
        if (found[number]) back.push(number);
        else this.set(number, false);
      }
      const bring = (count) => {
        for (const number of back.splice(0, count)) this.set(number, true);
        if (back.length) this.coming = requestAnimationFrame(() => bring(THEN));
      };
      bring(AT_ONCE);
    }

    set(number, shown) {
      this.shown[number] = shown;
      for (const element of this.elements[number]) element.hidden = !shown;
    }

    /** The groups that have designs left, with how many. */
    regroup(found) {
      for (const group of this.groups) {
        const shown = group.numbers.reduce((sum, number) => sum + found[number], 0);
        if (shown === group.shown) continue;
        group.shown = shown;
        group.list.hidden = !shown;
        const around = group.list.parentElement.closest(".designdocs-waiting");
        if (around) around.hidden = !shown;
      }
      for (const { heading, items, groups, children } of this.sections) {
        const shown = [...groups, ...children.flatMap((one) => one.groups)].some((group) => group.shown);
        if (heading.hidden === shown) heading.hidden = !shown;
        for (const item of items) item.hidden = heading.hidden;
        const count = heading.querySelector(".designdocs-count");
        if (!count || !groups.length) continue;
        put(count.firstChild, groups[0].shown);
        put(count.lastElementChild, ` ${filled(this.words, "designsCounted", groups[0].shown)}`);
      }
    }

    /** Say how many there are, in all and of each status and person. */
    tell(found, total) {
      const { form } = this;
      const filtering = this.isFiltering;
      const all = this.statuses.length;
      put(this.part("found"), filtering ? filled(this.words, "found", total).replace("{total}", all) : "");
      this.part("nothing").hidden = total > 0;
      this.part("clear").hidden = !filtering;
      for (const elements of this.pictures) for (const one of elements) one.hidden = filtering;
      if (!this.counts.length && !this.people.length) return;
      const counts = {};
      found.forEach((is, number) => is && (counts[this.statuses[number]] = (counts[this.statuses[number]] ?? 0) + 1));
      for (const link of this.counts) {
        const n = counts[link.dataset.status] ?? 0;
        put(link.firstChild.firstChild, n);
        // There is no heading to lead to.
        const [from, to] = n ? ["data-href", "href"] : ["href", "data-href"];
        if (!link.hasAttribute(from)) continue;
        link.setAttribute(to, link.getAttribute(from));
        link.removeAttribute(from);
      }
      if (this.people.length) this.tellPeople(found, filtering);
    }

    tellPeople(found, filtering) {
      const keys = this.keys.author;
      const counts = Object.fromEntries(keys.map((key) => [key, {}]));
      this.facets.author.forEach((values, number) => {
        if (!found[number]) return;
        for (const value of values) {
          const mine = counts[keys[value]];
          if (mine) mine[this.statuses[number]] = (mine[this.statuses[number]] ?? 0) + 1;
        }
      });
      for (const item of this.people) {
        let any = false;
        for (const one of item.querySelectorAll("[data-status]")) {
          const n = counts[item.dataset.key]?.[one.dataset.status] ?? 0;
          any ||= n > 0;
          one.hidden = !n;
          put(one.firstChild.firstChild, n);
        }
        const waiting = item.querySelector("[data-waiting]");
        if (waiting) waiting.hidden = filtering;
        item.hidden = filtering && !any;
      }
    }

    /** How many designs each value of the facet that is open would leave. */
    count() {
      for (const panel of this.form.querySelectorAll(".designdocs-facet__panel:not([hidden])")) {
        const [name] = panel.id.split("-").slice(-1);
        const found = this.matches(name);
        const counts = this.boxes[name].map(() => 0);
        this.facets[name].forEach((values, number) => found[number] && values.forEach((value) => (counts[value] += 1)));
        this.boxes[name].forEach((box, number) => {
          const label = box.labels[0];
          put(label.lastElementChild.firstChild, counts[number]);
          label.classList.toggle("designdocs-facet__none", !counts[number] && !box.checked);
        });
      }
    }

    /** What is chosen, to be taken back one by one. */
    show() {
      const chosen = FACETS.flatMap((name) => [...this.chosen[name]].map((key) => [name, key]));
      const said = JSON.stringify(chosen);
      this.count();
      if (said === this.said) return;
      this.said = said;
      const chips = chosen.map(([name, key]) => {
        const chip = document.createElement("button");
        Object.assign(chip, {
          type: "button",
          className: "designdocs-button designdocs-chip",
          title: this.words.remove,
        });
        Object.assign(chip.dataset, { facet: name, key });
        const box = this.boxes[name].find((one) => one.value === key);
        const label = box ? labelOf(box) : key;
        chip.append(label);
        chip.setAttribute("aria-label", `${label}: ${this.words.remove}`);
        return chip;
      });
      this.part("chosen").replaceChildren(...chips);
      for (const opener of this.form.querySelectorAll("[aria-expanded]")) {
        const size = this.chosen[opener.getAttribute("aria-controls").split("-").pop()].size;
        if (size) opener.dataset.chosen = size;
        else delete opener.dataset.chosen;
      }
    }

    // Sort -------------------------------------------------------------------------------------------------------

    sort(order, { quietly = false } = {}) {
      const name = bare(order);
      for (const option of this.select) if (bare(option.value) === name) option.selected = true;
      const backwards = order.startsWith("-");
      const words = backwards ? this.words.descending : this.words.ascending;
      this.direction.textContent = backwards ? "↓" : "↑";
      this.direction.title = words;
      this.direction.setAttribute("aria-label", words);
      if (order === this.order) return;
      this.order = order;
      const ranks = this.ranks[name];
      const compare = (a, b) =>
        !ranks[a] - !ranks[b] || (backwards ? ranks[b] - ranks[a] : ranks[a] - ranks[b]) || a - b;
      for (const group of this.groups) {
        if (!group.list.matches(".designdocs-list")) continue;
        const by = new Map(group.numbers.map((number, at) => [number, group.items[at]]));
        group.numbers.sort(compare);
        group.items = group.numbers.map((number) => by.get(number));
        group.list.append(...group.items);
      }
      this.arrange();
      if (!quietly) this.writeSoon();
    }

    /** All designs in the order in which they stand on the page. */
    arrange() {
      this.sequence = [...new Set(this.groups.flatMap(({ numbers }) => numbers))];
    }

    // Ages -------------------------------------------------------------------------------------------------------

    /** How long it has been until today: the page may have been built long ago. */
    tellAges() {
      const now = new Date();
      const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
      if (new Date(today).toISOString().startsWith(this.words.today)) return;
      for (const time of this.elements.flat().flatMap((one) => [...one.querySelectorAll(".designdocs-age")])) {
        const days = Math.max(Math.floor((today - Date.parse(time.dateTime)) / DAY), 0);
        const [unit, n] =
          days < 60
            ? ["Days", days]
            : days < 730
              ? ["Months", Math.floor(days / 30)]
              : ["Years", Math.floor(days / 365)];
        const said = filled(this.words, `age${unit}`, n);
        const least = "least" in time.dataset ? this.words.ageLeast.replace("{age}", said) : said;
        put(time.firstChild, days ? least : this.words.ageToday);
        time.classList.toggle("designdocs-age--old", days >= (time.dataset.stuck ?? Infinity));
      }
    }
  }

  const TEXTS =
    ".designdocs-card__title, .designdocs-card__head > .designdocs-place, .designdocs-card__gist, :scope > a";

  /** A text without case and accents. */
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().toLowerCase();

  const bare = (order) => order.replace(/^-/, "");

  /** Of a long facet only the values that hold some words. */
  const narrow = (field) => {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    for (const label of field.parentElement.querySelectorAll("label")) {
      const text = folded(labelOf(label.control));
      label.hidden = !words.every((word) => text.includes(word));
    }
  };

  /** A value as people may spell it. */
  const spoken = (text) => folded(text.trim()).replace(/^@/, "").replace(/[\s_]+/g, "-");

  const labelOf = (box) => box.labels[0].children[1].textContent;

  /** Whether a click is to open a link where it is. */
  const isPlain = (event) => !(event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);

  const filled = (words, name, n) => words[`${name}${n === 1 ? "One" : "Other"}`].replace("{n}", n);

  /** Set a text where it is another. */
  function put(node, text) {
    if (node.textContent !== String(text)) node.textContent = text;
  }

  /** Whether what hangs below an opener would stick out of the window. */
  function leaves(panel, opener) {
    return opener.getBoundingClientRect().left + panel.offsetWidth > document.documentElement.clientWidth - 8;
  }

  function headingOf(element) {
    let one = element.previousElementSibling;
    while (one && !/^H[1-6]$/.test(one.tagName)) one = one.previousElementSibling;
    return one;
  }

  /** The items of the table of contents, wherever a theme has it, that lead to a heading. */
  function contents() {
    const items = new Map();
    for (const link of document.querySelectorAll(":is(nav, [role=navigation], .bs-sidebar) li > a[href*='#']"))
      if (link.pathname === location.pathname)
        items.set(link.hash, [...(items.get(link.hash) ?? []), link.parentElement]);
    return (heading) => items.get(new URL(`#${heading.id}`, location).hash) ?? [];
  }

  /** The headings above some lists, each with its items in the table of contents, the lists right below it and the
      headings that it holds. */
  function sections(groups, items) {
    const known = new Map();
    const of = (heading) => {
      if (!known.has(heading)) known.set(heading, { heading, items: items(heading), groups: [], children: [] });
      return known.get(heading);
    };
    for (const group of groups) {
      const heading = headingOf(group.list.closest(".designdocs-waiting") ?? group.list);
      if (!heading) continue;
      const section = of(heading);
      section.groups.push(group);
      let above = headingOf(heading);
      while (above && above.tagName >= heading.tagName) above = headingOf(above);
      if (above && above.tagName !== "H1" && !of(above).children.includes(section)) of(above).children.push(section);
    }
    return [...known.values()];
  }

  for (const form of document.querySelectorAll("form.designdocs-tools[hidden]")) new Finder(form);
})();
