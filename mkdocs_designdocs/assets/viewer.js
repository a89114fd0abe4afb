/* Zoom, pan, full screen, copy and save for the diagrams of a page, which is complete without it.

   It may be loaded more than once: Material's instant navigation evaluates the scripts in a page's content again.
   So it touches nothing outside the figures, and leaves those alone that have their tools. */
(() => {
  "use strict";

  const WORDS = {
    view: "Diagram",
    tools: "Diagram tools",
    in: "Zoom in (+)",
    out: "Zoom out (-)",
    fit: "Reset zoom (0)",
    full: "Full screen (f)",
    leave: "Leave full screen (Esc)",
    copy: "Copy source",
    copied: "Copied",
    refused: "The browser does not allow copying",
    save: "Save as SVG",
    ...JSON.parse(document.querySelector("script[data-designdocs-words]")?.dataset.designdocsWords ?? "{}"),
  };

  // Lines on a square of 24.
  const ICONS = {
    in: "M15.5 15.5 21 21M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM10.5 7.7v5.6M7.7 10.5h5.6",
    out: "M15.5 15.5 21 21M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM7.7 10.5h5.6",
    fit: "M5 4v5h5M5.5 9a7.5 7.5 0 1 1-.6 5",
    full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
    leave: "M9 4v5H4M15 4v5h5M9 20v-5H4M15 20v-5h5",
    copy: "M9 9h11v11H9ZM5.5 15H4V4h11v1.5",
    copied: "m5 12.5 5 5 9-11",
    save: "M12 4v11M7 10.5l5 5 5-5M4 20h16",
  };

  const SVG = "http://www.w3.org/2000/svg";
  const BLOCK = "designdocs-diagram";
  const STEP = 1.25;
  const MOST = 8;
  const LOWEST = 200; // pixels: a frame that is lower grows, for a ribbon is nothing to look through
  const LOW = 80; // pixels: the tools would hide a good part of a lower drawing, so they stand above it
  const LEGIBLE = 0.75; // of its own size: a wide drawing is not made smaller to fill a narrow screen
  const LARGEST = 2.5; // times its own size: more is no help to see a small drawing on a large screen
  const PAUSE = 2000; // milliseconds for which the tools say what has happened

  const DEEDS = {
    in: (viewer) => viewer.zoom(STEP),
    out: (viewer) => viewer.zoom(1 / STEP),
    fit: (viewer) => viewer.reset(),
    full: (viewer) => (viewer.isFull ? viewer.leave() : viewer.enter()),
    copy: (viewer) => viewer.copy(),
    save: (viewer) => viewer.save(),
  };
  const KEYS = { "+": "in", "=": "in", "-": "out", 0: "fit", f: "full" };
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  class Viewer {
    scale = 1;
    buttons = {};

    constructor(figure, view, svg) {
      Object.assign(this, { figure, view, svg });
      this.tools = make("div", `${BLOCK}__tools`, { role: "toolbar", "aria-label": WORDS.tools });
      this.said = make("span", `${BLOCK}__said`, { role: "status" });
      this.tools.append(this.said);
      for (const name in DEEDS) this.offer(name);
      this.listen();
      const { width, height } = svg.viewBox.baseVal;
      for (const [name, size] of Object.entries({ width, height })) {
        view.style.setProperty(`--designdocs-most-${name}`, `${size * LARGEST}px`);
      }
      view.tabIndex = 0;
      set(view, { role: "group", "aria-label": WORDS.view, "aria-keyshortcuts": "+ - 0 f" });
      figure.append(this.tools);
    }

    offer(name) {
      const button = make("button", `${BLOCK}__tool`, { type: "button", tabindex: name === "in" ? 0 : -1 });
      const icon = document.createElementNS(SVG, "svg");
      set(icon, { viewBox: "0 0 24 24", "aria-hidden": "true" });
      icon.append(document.createElementNS(SVG, "path"));
      button.append(icon);
      button.dataset.tool = name;
      button.addEventListener("click", () => button.ariaDisabled !== "true" && DEEDS[name](this));
      label(button, name);
      this.tools.append(button);
      this.buttons[name] = button;
    }

    listen() {
      const { figure, view } = this;
      figure.addEventListener("pointerenter", () => this.mark()); // not before: what is in a closed tab has no size
      figure.addEventListener("focusin", () => this.mark());
      figure.addEventListener("fullscreenchange", () => this.fill(document.fullscreenElement === figure));
      figure.addEventListener("keydown", (event) => {
        if (!this.press(event)) return;
        event.preventDefault();
        event.stopPropagation(); // Material's search opens at the key f
      });
      view.addEventListener("wheel", (event) => this.turn(event), { passive: false });
      view.addEventListener("dblclick", (event) => {
        if (event.target.closest("a")) return;
        getSelection().removeAllRanges();
        this.zoom(event.shiftKey ? STEP ** -2 : STEP ** 2, event.clientX, event.clientY);
      });
      pinches(view, (factor, x, y) => this.zoom(factor, x, y));
      drags(view, () => this.scrolls);
    }

    say(words) {
      this.said.textContent = words;
      clearTimeout(this.hush);
      this.hush = setTimeout(() => (this.said.textContent = ""), PAUSE);
    }

    // Zoom: the drawing gets larger in a frame that hardly does, and the frame scrolls ---------------------------

    get least() {
      return this.scale === 1 ? Math.min(1, this.view.clientWidth / box(this.svg).width) : this.base.least;
    }

    mark() {
      if (this.scale === 1) this.figure.classList.toggle(`${BLOCK}--low`, box(this.view).height < LOW);
      this.buttons.in.ariaDisabled = this.scale >= MOST;
      this.buttons.out.ariaDisabled = this.scale <= this.least;
      this.buttons.fit.ariaDisabled = this.scale === 1;
    }

    /** Make the drawing `factor` times as large; what is at (x, y) in the window, else in its middle, stays there. */
    zoom(factor, x, y) {
      const { view, svg } = this;
      const [frame, before] = [box(view), box(svg)];
      x ??= frame.left + frame.width / 2;
      y ??= (Math.max(frame.top, 0) + Math.min(frame.bottom, innerHeight)) / 2; // of what can be seen of a tall one
      if (this.scale === 1) {
        this.base = { width: before.width, height: before.height, frame: frame.height, least: this.least };
      }
      this.resize(between(this.base.least, this.scale * factor, MOST));
      const after = box(svg);
      view.scrollLeft += after.left + ((x - before.left) / before.width) * after.width - x;
      view.scrollTop += after.top + ((y - before.top) / before.height) * after.height - y;
      this.say(`${Math.round(this.scale * 100)}%`);
    }

    resize(scale) {
      this.scale = Math.abs(scale - 1) < 0.001 ? 1 : scale;
      this.figure.classList.toggle(`${BLOCK}--zoomed`, this.scale !== 1);
      if (this.scale !== 1) {
        const [width, height] = [this.base.width * scale, this.base.height * scale];
        const sizes = { width, height, frame: Math.max(this.base.frame, Math.min(height, LOWEST)) };
        for (const name in sizes) this.view.style.setProperty(`--designdocs-zoomed-${name}`, `${sizes[name]}px`);
      }
      this.mark();
    }

    reset() {
      this.resize(1);
    }

    turn(event) {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const pixels = event.deltaMode ? event.deltaY * 20 : event.deltaY;
      this.zoom(Math.exp(-between(-25, pixels, 25) / 100), event.clientX, event.clientY);
    }

    // Keys -------------------------------------------------------------------------------------------------------

    get scrolls() {
      const { view } = this;
      return view.scrollWidth > view.clientWidth || view.scrollHeight > view.clientHeight;
    }

    /** Do what a key asks for; whether it asked for anything. */
    press(event) {
      const { key } = event;
      if (key === "Escape" && this.isFull) return this.leave(), true;
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      if (key in KEYS) return DEEDS[KEYS[key]](this), true;
      if (!(key in ARROWS)) return false;
      const [right, down] = ARROWS[key];
      if (this.tools.contains(event.target)) return right && this.roam(right), right;
      return this.scrolls && (this.view.scrollBy(right * 60, down * 60), true);
    }

    roam(direction) {
      const shown = Object.values(this.buttons).filter((button) => button.offsetParent);
      const next = shown[(shown.indexOf(document.activeElement) + direction + shown.length) % shown.length];
      for (const button of shown) button.tabIndex = button === next ? 0 : -1;
      next.focus();
    }

    // Full screen: the browser's own, or a dialog where there is none for elements, as on iPhones ----------------

    get isFull() {
      return this.figure.classList.contains(`${BLOCK}--full`);
    }

    async enter() {
      try {
        await this.figure.requestFullscreen();
      } catch {
        this.dialog = make("dialog", `${BLOCK}__dialog`, { "aria-label": WORDS.view });
        this.dialog.addEventListener("close", () => this.leave());
        keepingFocus(() => {
          this.figure.before(this.dialog);
          this.dialog.append(this.figure);
          this.dialog.showModal();
        });
        this.fill(true);
      }
    }

    leave() {
      if (document.fullscreenElement === this.figure) document.exitFullscreen();
      if (!this.dialog) return;
      keepingFocus(() => this.dialog.replaceWith(this.figure));
      this.dialog = null;
      this.fill(false);
    }

    fill(full) {
      this.figure.classList.toggle(`${BLOCK}--full`, full);
      label(this.buttons.full, full ? "leave" : "full");
      this.reset();
      if (full) requestAnimationFrame(() => this.approach());
      this.said.textContent = "";
    }

    /** Begin with what can be read of a drawing that would be too small as a whole. */
    approach() {
      const frame = box(this.view);
      const { width, height } = this.svg.viewBox.baseVal;
      const [across, down] = [frame.width / width, frame.height / height];
      const fitted = Math.min(across, down);
      if (fitted >= LEGIBLE) return;
      if (across < down) this.zoom(LEGIBLE / fitted, frame.left, frame.top + frame.height / 2);
      else this.zoom(LEGIBLE / fitted, frame.left + frame.width / 2, frame.top);
      this.said.textContent = "";
    }

    // Copy and save ----------------------------------------------------------------------------------------------

    async copy() {
      const done = await written(this.figure.dataset.source, this.figure);
      this.say(done ? WORDS.copied : WORDS.refused);
      if (!done) return;
      label(this.buttons.copy, "copied");
      setTimeout(() => label(this.buttons.copy, "copy"), PAUSE);
    }

    save() {
      const link = make("a", "", { download: `${fileName(this.figure, this.svg)}.svg` });
      link.href = URL.createObjectURL(new Blob([alone(this.svg)], { type: "image/svg+xml" }));
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10 * PAUSE);
    }
  }

  function make(name, className, attributes) {
    const made = document.createElement(name);
    made.className = className;
    set(made, attributes);
    return made;
  }

  function set(element, attributes) {
    for (const key in attributes) element.setAttribute(key, attributes[key]);
  }

  function label(button, name) {
    button.title = WORDS[name];
    button.setAttribute("aria-label", WORDS[name]);
    button.querySelector("path").setAttribute("d", ICONS[name]);
  }

  const box = (element) => element.getBoundingClientRect();

  const between = (least, value, most) => Math.min(Math.max(value, least), most);

  /** Two fingers: `zoom` is told the factor and the point between them. One finger scrolls by itself. */
  function pinches(view, zoom) {
    let last;
    const pinch = (event) => {
      if (event.touches.length !== 2) return (last = null);
      event.preventDefault();
      const [one, other] = event.touches;
      const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      const [x, y] = [(one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2];
      if (last) {
        view.scrollBy(last.x - x, last.y - y);
        zoom(apart / last.apart, x, y);
      }
      last = { apart, x, y };
    };
    for (const type of ["touchstart", "touchmove", "touchend"]) {
      view.addEventListener(type, pinch, { passive: type === "touchend" });
    }
  }

  /** The mouse drags what is no text, which can be selected. */
  function drags(view, scrolls) {
    let held;
    view.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" || event.button || event.target.closest("text, a") || !scrolls()) return;
      held = { x: event.clientX, y: event.clientY };
      view.setPointerCapture(event.pointerId);
      view.classList.add(`${BLOCK}__view--held`);
    });
    view.addEventListener("pointermove", (event) => {
      if (!held) return;
      view.scrollBy(held.x - event.clientX, held.y - event.clientY);
      held = { x: event.clientX, y: event.clientY };
    });
    view.addEventListener("lostpointercapture", () => {
      held = null;
      view.classList.remove(`${BLOCK}__view--held`);
    });
    view.addEventListener("selectstart", (event) => held && event.preventDefault());
  }

  function keepingFocus(move) {
    const focused = document.activeElement;
    move();
    focused.focus();
  }

  /** Put a text on the clipboard, in the old way where the new one is forbidden; whether that worked. */
  async function written(text, place) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = make("textarea", `${BLOCK}__said`);
      area.value = text;
      let done;
      keepingFocus(() => {
        place.append(area);
        area.select();
        done = document.execCommand("copy");
        area.remove();
      });
      return done;
    }
  }

  /** The drawing as a file of its own: it shows the same wherever it is opened. */
  function alone(svg) {
    const copy = svg.cloneNode(true);
    copy.style.background = "#fff"; // by the object model, which no policy forbids
    const links = svg.querySelectorAll("a");
    copy.querySelectorAll("a").forEach((link, number) => {
      link.removeAttribute("xlink:href");
      link.setAttribute("href", new URL(links[number].href.baseVal, document.baseURI));
    });
    return new XMLSerializer().serializeToString(copy);
  }

  function fileName(figure, svg) {
    const named = figure.querySelector("figcaption") ?? svg.querySelector("title");
    const name = named?.textContent || svg.getAttribute("aria-label") || document.title;
    return name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80).replace(/^-|-$/g, "") || "diagram";
  }

  for (const figure of document.querySelectorAll(`figure.${BLOCK}`)) {
    const view = figure.querySelector(`.${BLOCK}__view`);
    const svg = view?.querySelector("svg");
    if (svg && !figure.querySelector(`.${BLOCK}__tools`)) new Viewer(figure, view, svg);
  }
})();
