// Runs in a world of its own in every page: it shares the document with the page's script, and nothing else.
(() => {
  if (window.top !== window) return;

  const MAX_TEXTS = 2500, MAX_PICTURES = 200, MAX_ITEMS = 120, MAX_CONTROLS = 120, MAX_NODES = 40000;
  const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const round = (n) => Math.round(n * 10) / 10;
  const squash = (text, most) => text.replace(/\s+/g, " ").trim().slice(0, most);
  const all = (selector, root = document) => { try { return [...root.querySelectorAll(selector)]; } catch { return []; } };
  const one = (selector, root = document) => { try { return root.querySelector(selector); } catch { return null; } };
  const matches = (element, selector) => { try { return element.matches(selector); } catch { return false; } };
  const inside = (element, selector) => { try { return element.closest(selector) !== null; } catch { return false; } };

  // What one measurement has already worked out; emptied when styles may have changed.
  let styles = new Map(), opacities = new Map(), paths = new Map();
  const forget = () => { styles = new Map(); opacities = new Map(); paths = new Map(); };
  const style = (element) => {
    let found = styles.get(element);
    if (!found) styles.set(element, (found = getComputedStyle(element)));
    return found;
  };

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const colours = new Map();
  // Any CSS colour as [r, g, b, a]; null for what is none.
  const rgba = (text) => {
    if (colours.has(text)) return colours.get(text);
    let value = null;
    const plain = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text);
    if (plain) value = [Math.round(+plain[1]), Math.round(+plain[2]), Math.round(+plain[3]), plain[4] === undefined ? 1 : +plain[4]];
    else if (text && CSS.supports("color", text) && !/^(inherit|initial|unset|revert|revert-layer|currentcolor)$/i.test(text)) {
      const alpha = /\/\s*([\d.]+)(%?)\s*\)$/.exec(text);
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = "#000";
      canvas.fillStyle = text;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      value = [r, g, b, alpha ? +alpha[1] / (alpha[2] ? 100 : 1) : a / 255];
    }
    colours.set(text, value);
    return value;
  };

  const box = (rect) => [round(rect.left + scrollX), round(rect.top + scrollY), round(rect.width), round(rect.height)];
  const opacity = (element) => {
    if (!element || element.nodeType !== 1) return 1;
    let value = opacities.get(element);
    if (value === undefined) opacities.set(element, (value = +style(element).opacity * opacity(element.parentElement)));
    return value;
  };
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const sized = (rect) => rect.width > 0 && rect.height > 0;

  const path = (element) => {
    let found = paths.get(element);
    if (found) return found;
    const tag = element.localName;
    const slot = element.getAttribute("data-slot") || "", section = element.getAttribute("data-section") || "";
    if (element.id) found = `${tag}#${CSS.escape(element.id)}`;
    else if (slot) found = `[data-slot="${slot}"]`;
    else if (section) found = `[data-section="${section}"]`;
    else {
      const name = [...element.classList].slice(0, 2).map((one) => "." + CSS.escape(one)).join("");
      const twins = element.parentElement ? [...element.parentElement.children].filter((other) => other.localName === tag) : [];
      const nth = twins.length > 1 ? `:nth-of-type(${twins.indexOf(element) + 1})` : "";
      const parent = element.parentElement && element !== document.body ? path(element.parentElement) + " > " : "";
      found = parent + tag + name + nth;
    }
    if (found.length > 240) found = "… " + found.slice(-238);
    paths.set(element, found);
    return found;
  };

  // Finite animations jump to their end, endless ones to their start, so that what is seen is at rest.
  const settle = () => {
    for (const animation of document.getAnimations()) {
      if (animation.timeline !== document.timeline) continue;
      try {
        if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
        else animation.cancel();
      } catch { /* an animation without target has nothing to show */ }
    }
  };
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));

  // A new window size reaches the page a little later than the answer to the command.
  const resized = async (width, height) => {
    const end = performance.now() + 2000;
    do await frame(); while ((innerWidth !== width || innerHeight !== height) && performance.now() < end);
    settle();
  };

  const ready = async (width, height) => {
    if (document.readyState !== "complete") await new Promise((done) => window.addEventListener("load", done, { once: true }));
    for (const picture of all("img[loading=lazy]")) picture.loading = "eager";
    await Promise.race([document.fonts.ready, new Promise((done) => setTimeout(done, 2000))]);
    await resized(width, height);
    return document.getElementsByTagName("*").length;
  };

  const tokens = (names, root) => {
    const values = getComputedStyle(root);
    const found = {};
    for (const [role, property] of Object.entries(names)) found[role] = rgba(values.getPropertyValue(property).trim());
    return found;
  };

  const sectionOf = (element, owners) => {
    for (let node = element; node; node = node.parentElement) {
      const id = owners.get(node);
      if (id) return id;
    }
    return "";
  };

  // How much of a box its scrolling and clipping ancestors leave: what can be seen now, and what could be after scrolling.
  const clipping = (element) => {
    let now = [-1e7, -1e7, 1e7, 1e7], ever = now, fixed = false;
    const cut = (area, rect) => [Math.max(area[0], rect.left), Math.max(area[1], rect.top), Math.min(area[2], rect.right), Math.min(area[3], rect.bottom)];
    let position = style(element).position;
    if (position === "fixed" || position === "sticky") fixed = true;
    const own = style(element);
    if (own.overflowX !== "visible" || own.overflowY !== "visible") ({ now, ever } = narrowed(element, own, now, ever, cut));
    for (let parent = element.parentElement; parent && parent !== document.body && parent !== document.documentElement; parent = parent.parentElement) {
      const s = style(parent);
      if (position === "fixed") { fixed = true; break; }
      if (position === "absolute" && s.position === "static" && s.transform === "none") continue;
      position = s.position;
      if (position === "fixed" || position === "sticky") fixed = true;
      if (s.overflowX !== "visible" || s.overflowY !== "visible") ({ now, ever } = narrowed(parent, s, now, ever, cut));
    }
    return { now, ever, fixed };
  };
  const narrowed = (element, s, now, ever, cut) => {
    if (s.display === "inline" || s.display === "contents") return { now, ever };
    const rect = element.getBoundingClientRect();
    const hides = (value) => value === "hidden" || value === "clip";
    const area = { left: s.overflowX === "visible" ? -1e7 : rect.left, right: s.overflowX === "visible" ? 1e7 : rect.right, top: s.overflowY === "visible" ? -1e7 : rect.top, bottom: s.overflowY === "visible" ? 1e7 : rect.bottom };
    const hard = { left: hides(s.overflowX) ? rect.left : -1e7, right: hides(s.overflowX) ? rect.right : 1e7, top: hides(s.overflowY) ? rect.top : -1e7, bottom: hides(s.overflowY) ? rect.bottom : 1e7 };
    // A box of a pixel or two is the usual way of hiding text from eyes but not from screen readers.
    const reader = (rect.width <= 2 || rect.height <= 2) && hides(s.overflowX);
    return { now: cut(now, area), ever: reader ? ever : cut(ever, hard) };
  };

  let kept = []; // text nodes of the last measurement, in its order
  let keptControls = [];

  const ground = (element) => {
    const layers = [];
    for (let node = element; node; node = node.parentElement) {
      const s = getComputedStyle(node);
      const colour = rgba(s.backgroundColor);
      if (s.backgroundImage !== "none") layers.push(s.backgroundImage.slice(0, 200));
      if (colour && colour[3] > 0) layers.push(s.backgroundColor);
      if (colour && colour[3] === 1) break;
    }
    return layers.join("|");
  };
  const paintOf = (entry) => {
    const s = entry.pseudo ? getComputedStyle(entry.element, entry.pseudo) : getComputedStyle(entry.element);
    const colour = rgba(s.webkitTextFillColor) || rgba(s.color) || [0, 0, 0, 1];
    let alpha = colour[3] * (entry.pseudo ? +s.opacity : 1);
    for (let node = entry.element; node; node = node.parentElement) alpha *= +getComputedStyle(node).opacity;
    return [colour[0], colour[1], colour[2], Math.round(alpha * 1000) / 1000];
  };

  const clipText = (element) => {
    for (let node = element, depth = 0; node && depth < 4; node = node.parentElement, depth += 1)
      if ((style(node).backgroundClip || "").includes("text")) return true;
    return false;
  };

  const texts = (owners) => {
    const found = [];
    kept = [];
    let limited = false;
    const exempt = (element) => {
      if (element.closest("[data-slot=header-logo], [data-slot=footer-logo]")) return "logotype";
      if (element.closest("[aria-hidden=true]")) return "hidden";
      const control = element.closest("button, input, select, textarea, fieldset, a, label, [aria-disabled=true]");
      if (control && (matches(control, ":disabled") || control.closest("[aria-disabled=true]") || matches(control.control || control, ":disabled"))) return "disabled";
      return "";
    };
    const add = (element, text, rects, pseudo) => {
      const s = pseudo ? getComputedStyle(element, pseudo) : style(element);
      const size = parseFloat(s.fontSize) || 0;
      if (size < 1) return;
      const { now, ever, fixed } = clipping(element);
      const lines = [];
      let whole = 0, left = 0;
      for (const rect of rects) {
        if (rect.width < 0.5 || rect.height < 0.5) continue;
        // Glyphs take up about one em of a line; the rest of its box may lie on a neighbour's ground.
        const spare = Math.max(0, (rect.height - size) / 2);
        const line = [rect.left, rect.top + spare, rect.right, rect.bottom - spare];
        const area = (a) => Math.max(0, a[2] - a[0]) * Math.max(0, a[3] - a[1]);
        const cut = (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
        whole += area(line);
        left += area(cut(line, ever));
        const seen = cut(line, now);
        if (area(seen) > 1 && seen[2] + scrollX > 0 && seen[3] + scrollY > 0) lines.push([round(seen[0] + scrollX), round(seen[1] + scrollY), round(seen[2] - seen[0]), round(seen[3] - seen[1])]);
      }
      if (!whole) return;
      const gone = whole ? 1 - left / whole : 0;
      if (!lines.length) {
        // Hidden for good by a box that shows something else is a fault; a box of no size is hidden on purpose.
        if (gone < 0.99) return;
        const parent = element.getBoundingClientRect();
        if (parent.width <= 2 || parent.height <= 2 || !sized(parent)) return;
      }
      const alpha = opacity(element) * (pseudo ? +s.opacity : 1);
      const colour = rgba(s.webkitTextFillColor) || rgba(s.color) || [0, 0, 0, 1];
      if (alpha < 0.004) return;
      const entry = { element, pseudo, ground: null, colour: null };
      kept.push(entry);
      found.push({
        path: path(element) + (pseudo || ""), section: sectionOf(element, owners), text: squash(text, 120), lines,
        colour: [colour[0], colour[1], colour[2], Math.round(colour[3] * alpha * 1000) / 1000],
        size: round(size), weight: parseInt(s.fontWeight) || 400, family: (s.fontFamily.split(",")[0] || "").replace(/^["']|["']$/g, "").trim().slice(0, 80),
        clipped: Math.round(gone * 100) / 100, fixed, exempt: exempt(element), through: colour[3] < 0.05 && clipText(element),
      });
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let steps = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (++steps > MAX_NODES || found.length >= MAX_TEXTS) { limited = true; break; }
      if (!/\S/.test(node.data)) continue;
      const element = node.parentElement;
      if (!element || /^(script|style|noscript|template|option|textarea|title)$/.test(element.localName) || element instanceof SVGElement) continue;
      if (!shown(element)) continue;
      range.selectNodeContents(node);
      const rects = range.getClientRects();
      if (rects.length) add(element, node.data, rects, "");
    }
    for (const field of all("input, textarea, select").slice(0, 200)) {
      const labelled = /^(submit|button|reset)$/.test(field.type || "");
      if (/^(hidden|checkbox|radio|range|color|file|image)$/.test(field.type || "") || !shown(field)) continue;
      const chosen = field.localName === "select" ? field.selectedOptions[0]?.label : field.value;
      const text = chosen || field.placeholder;
      if (!text || !/\S/.test(text)) continue;
      const rect = field.getBoundingClientRect(), s = style(field);
      const pad = (side) => parseFloat(s[`padding${side}`]) + parseFloat(s[`border${side}Width`]);
      const left = rect.left + pad("Left"), right = rect.right - pad("Right"), top = rect.top + pad("Top");
      const high = Math.min(rect.bottom - pad("Bottom") - top, (parseFloat(s.fontSize) || 16) * 1.4);
      const wide = Math.min(right - left, text.length * (parseFloat(s.fontSize) || 16) * 0.55);
      const middle = labelled ? (left + right - wide) / 2 : left;
      const line = { left: middle, right: middle + wide, top, bottom: top + high, width: wide, height: high };
      add(field, text, [line], chosen ? "" : "::placeholder");
    }
    return { found, limited };
  };

  const splitPseudo = (selector) => {
    const match = /^(.*?)(::?(?:before|after))$/.exec(selector);
    return match ? [match[1], "::" + match[2].replace(/:/g, "")] : [selector, ""];
  };

  const painted = (selector) => {
    const [base, pseudo] = splitPseudo(selector);
    const element = one(base);
    return element ? paintedOn(element, pseudo) : { found: false };
  };
  const paintedOn = (element, pseudo) => {
    const s = getComputedStyle(element, pseudo || null);
    const generated = !pseudo || (s.content !== "none" && s.content !== "normal" && s.content !== "");
    const rect = element.getBoundingClientRect();
    let area = box(rect);
    if (pseudo) area = [area[0], area[1], round(parseFloat(s.width) || 0), round(parseFloat(s.height) || 0)];
    const visible = generated && s.display !== "none" && s.visibility === "visible" && +s.opacity > 0 && shown(element) && area[2] > 0 && area[3] > 0;
    return {
      found: generated && (!pseudo || s.display !== "none"), visible, box: area, colour: rgba(s.backgroundColor), opacity: +s.opacity * (pseudo ? opacity(element) : opacity(element.parentElement)),
      images: s.backgroundImage.slice(0, 4000), size: s.backgroundSize.slice(0, 200), position: s.backgroundPosition.slice(0, 200), repeat: s.backgroundRepeat.slice(0, 200),
      shadow: s.boxShadow.slice(0, 1000),
    };
  };

  const words = (text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || []);
  const alike = (a, b) => {
    const first = words(a), second = words(b);
    let common = 0;
    for (const word of first) if (second.has(word)) common += 1;
    return common / Math.max(1, first.size + second.size - common);
  };
  const findSection = (section) => {
    const direct = one(section.selector);
    if (direct) return [direct, "selector"];
    const named = document.getElementById(section.id);
    if (named) return [named, "id"];
    if (section.heading)
      for (const heading of all("h1, h2, h3"))
        if (alike(heading.textContent, section.heading) >= 0.7) return [heading.closest("section, article, [data-section]") || heading.parentElement, "heading"];
    return [null, ""];
  };

  const pictureOf = (element, owners) => {
    const rect = element.getBoundingClientRect(), s = style(element);
    return {
      path: path(element), section: sectionOf(element, owners), url: (element.currentSrc || element.src || "").slice(0, 2000), alt: element.getAttribute("alt"),
      natural: [element.naturalWidth, element.naturalHeight], box: box(rect), decoded: element.complete && element.naturalWidth > 0,
      visible: shown(element) && sized(rect) && rect.right + scrollX > 0 && rect.bottom + scrollY > 0, fit: s.objectFit, position: s.objectPosition,
    };
  };

  const inkOf = (root, list) => {
    let area = null;
    const grow = (left, top, right, bottom) => { area = area ? [Math.min(area[0], left), Math.min(area[1], top), Math.max(area[2], right), Math.max(area[3], bottom)] : [left, top, right, bottom]; };
    kept.forEach((entry, i) => { if (root.contains(entry.element)) for (const [x, y, w, h] of list[i].lines) grow(x, y, x + w, y + h); });
    for (const call of all("a, button, input", root)) {
      const rect = call.getBoundingClientRect();
      if (shown(call) && sized(rect)) { const [x, y, w, h] = box(rect); grow(x, y, x + w, y + h); }
    }
    return area && [round(area[0]), round(area[1]), round(area[2] - area[0]), round(area[3] - area[1])];
  };

  const mediaSide = (item, media, list) => {
    const m = media.getBoundingClientRect(), i = item.getBoundingClientRect();
    if (!sized(m) || m.width * m.height > 0.8 * i.width * i.height) return "";
    let ink = null;
    kept.forEach((entry, index) => {
      if (!item.contains(entry.element) || media.contains(entry.element)) return;
      for (const [x, y, w, h] of list[index].lines) ink = ink ? [Math.min(ink[0], x), Math.min(ink[1], y), Math.max(ink[2], x + w), Math.max(ink[3], y + h)] : [x, y, x + w, y + h];
    });
    if (!ink) return "";
    const [x, y, w, h] = box(m);
    const across = Math.min(ink[2], x + w) - Math.max(ink[0], x);
    if (across < 0.2 * Math.min(w, ink[2] - ink[0])) return x + w / 2 < (ink[0] + ink[2]) / 2 ? "left" : "right";
    return y + h / 2 < (ink[1] + ink[3]) / 2 ? "above" : "below";
  };

  const groupOf = (section, owner, list) => {
    const spec = section.items;
    let container = one(spec.container);
    let items = container ? all(spec.item, container) : owner ? all(spec.item, owner) : [];
    if (!container && items.length) container = items[0].parentElement;
    items = items.filter((item) => !items.some((other) => other !== item && other.contains(item))).slice(0, MAX_ITEMS);
    // An item that has lost its hook still takes its place in the arrangement.
    const holder = items.length ? items[0].parentElement : container;
    if (holder && items.length < spec.count && items.every((item) => item.parentElement === holder)) {
      const children = [...holder.children].filter((child) => !/^(script|style|template)$/.test(child.localName));
      if (children.length === spec.count) items = children;
    }
    if (!container) return { found: false, items: [] };
    const s = style(container);
    let scroller = container;
    for (let node = container; node && node !== document.body; node = node.parentElement)
      if (/auto|scroll/.test(style(node).overflowX)) { scroller = node; break; }
    const moves = /auto|scroll/.test(style(scroller).overflowX);
    return {
      found: true, box: box(container.getBoundingClientRect()), display: s.display, scrolls: moves && scroller.scrollWidth > scroller.clientWidth + 1,
      snap: moves && style(scroller).scrollSnapType !== "none" ? style(scroller).scrollSnapType : "",
      items: items.map((item) => {
        const rect = item.getBoundingClientRect();
        const media = spec.media ? (matches(item, spec.media) ? item : one(spec.media, item)) : null;
        const heading = one("h1, h2, h3, h4, h5, h6", item);
        const picture = matches(item, "img") ? item : one("img", item);
        return {
          label: squash((heading || item).textContent || "", 80) || squash(picture?.getAttribute("src") || picture?.alt || "", 80),
          box: box(rect), visible: shown(item) && sized(rect), media: media ? box(media.getBoundingClientRect()) : null, side: media ? mediaSide(item, media, list) : "",
        };
      }),
    };
  };

  const heroOf = (spec, list) => {
    const hero = one(spec.hero.selector);
    if (!hero) return { found: false, parts: [], extras: [] };
    const block = one(spec.hero.text), media = spec.hero.media ? one(spec.hero.media) : null;
    const overlay = spec.hero.overlay ? one(splitPseudo(spec.hero.overlay)[0]) : null;
    const part = (name, element) => {
      const rect = element.getBoundingClientRect();
      return { name, path: path(element), box: box(rect), visible: shown(element) && sized(rect), align: style(element).textAlign, hidden: inside(element, "[aria-hidden=true]"), text: squash(element.textContent || "", 80) };
    };
    const parts = [];
    for (const [name, selector] of Object.entries(spec.slots)) {
      const element = name.startsWith("hero-") ? one(selector) : null;
      if (element) parts.push(part(name, element));
    }
    const extras = [];
    const visit = (element) => {
      for (const child of element.children) {
        if (extras.length >= 12) return;
        if (child === block || child === media || child === overlay || /^(script|style|br|template)$/.test(child.localName)) continue;
        if ((block && child.contains(block)) || (media && child.contains(media))) visit(child);
        else extras.push(part([child.localName, ...child.classList].join(".").slice(0, 100), child));
      }
    };
    visit(hero);
    const headline = one(spec.slots["hero-headline"] || "h1") || block || hero;
    return {
      found: true, box: box(hero.getBoundingClientRect()), text: block && box(block.getBoundingClientRect()), ink: inkOf(block || hero, list), media: media && box(media.getBoundingClientRect()),
      align: style(headline).textAlign, max_width: block ? style(block).maxWidth : "", min_height: style(hero).minHeight, parts, extras,
    };
  };

  const navOf = (selector) => {
    const list = one(selector) || one("nav ul, nav ol");
    if (!list) return { found: false };
    const items = all("li", list).slice(0, 100);
    const closed = !shown(list);
    const kinds = new Set();
    let markers = 0;
    for (const item of items) {
      const s = style(item);
      kinds.add(`${s.display} ${s.listStyleType}`);
      const drawn = s.listStyleImage !== "none" || (s.listStyleType !== "none" && /[^"'\s]/.test(s.listStyleType));
      const marker = getComputedStyle(item, "::marker");
      const empty = marker.content === '""' || marker.content === "none" || (rgba(marker.color) || [0, 0, 0, 1])[3] === 0 || parseFloat(marker.fontSize) < 1;
      // A closed menu will be opened.
      if (s.display.includes("list-item") && drawn && !empty && (closed || (shown(item) && sized(item.getBoundingClientRect())))) markers += 1;
    }
    return { found: true, visible: shown(list) && sized(list.getBoundingClientRect()), items: items.length, markers, styles: [...kinds].sort().slice(0, 6) };
  };

  const controls = (owners) => {
    const found = [];
    keptControls = [];
    for (const element of all("input, textarea, select, button, a[href], [role=button], summary")) {
      if (found.length >= MAX_CONTROLS) break;
      if (matches(element, "input[type=hidden], input[type=range], input[type=image]") || !shown(element)) continue;
      const rect = element.getBoundingClientRect();
      if (rect.width < 4 || rect.height < 4 || rect.right + scrollX <= 0 || rect.bottom + scrollY <= 0) continue;
      const s = style(element);
      const field = matches(element, "input:not([type=submit], [type=button], [type=reset]), textarea, select");
      const sides = ["Top", "Right", "Bottom", "Left"].filter((side) => parseFloat(s[`border${side}Width`]) > 0 && !/none|hidden/.test(s[`border${side}Style`]));
      const alpha = opacity(element);
      let border = null;
      for (const side of sides) {
        const colour = rgba(s[`border${side}Color`]);
        if (colour && colour[3] > 0 && (!border || colour[3] > border[3])) border = [colour[0], colour[1], colour[2], colour[3] * alpha];
      }
      const fill = (rgba(s.backgroundColor) || [0, 0, 0, 0])[3] > 0 || s.backgroundImage !== "none";
      const hasText = /\S/.test(element.textContent || "") || /submit|button|reset/.test(element.type || "") && /\S/.test(element.value || "");
      const drawing = element.querySelector("svg");
      let icon = null, iconBox = null;
      if (drawing && shown(drawing)) {
        const shape = drawing.querySelector("path, rect, circle, ellipse, polygon, polyline, line, use") || drawing;
        const look = getComputedStyle(shape);
        icon = look.fill !== "none" ? rgba(look.fill) : rgba(look.stroke);
        iconBox = box(drawing.getBoundingClientRect());
        if (icon) icon = [icon[0], icon[1], icon[2], icon[3] * opacity(shape)];
      }
      const kind = field ? "field" : !hasText && icon ? "icon" : "button";
      if (kind === "button" && !border && !fill) continue;
      keptControls.push(element);
      found.push({
        path: path(element), section: sectionOf(element, owners), kind, box: box(rect), border, widths: sides.length ? Math.max(...sides.map((side) => parseFloat(s[`border${side}Width`]))) : 0,
        fill, icon, icon_box: iconBox, has_text: hasText && !field, disabled: matches(element, ":disabled") || inside(element, "[aria-disabled=true]"),
      });
    }
    return found;
  };

  // Every element and pseudo-element that has a picture behind it, whatever the manifest says.
  const backgrounds = (owners) => {
    const found = [];
    for (const element of [...document.body.getElementsByTagName("*")].slice(0, 3000)) {
      for (const pseudo of ["", "::before", "::after"]) {
        if (found.length >= 60) return found;
        const s = pseudo ? getComputedStyle(element, pseudo) : style(element);
        if (!s.backgroundImage.includes("url(")) continue;
        if (pseudo && (s.content === "none" || s.content === "normal")) continue;
        found.push({ selector: path(element) + pseudo, section: sectionOf(element, owners), ...paintedOn(element, pseudo) });
      }
    }
    return found;
  };

  const loads = (url) => new Promise((done) => {
    const picture = new Image();
    picture.onload = () => done(picture.naturalWidth > 0);
    picture.onerror = () => done(false);
    setTimeout(() => done(false), 3000);
    picture.src = url;
  });

  const measure = async (spec) => {
    forget();
    settle();
    const owners = new Map(), sections = {}, elements = {};
    for (const section of spec.sections) {
      const [element, by] = findSection(section);
      if (element && !owners.has(element)) owners.set(element, section.id);
      elements[section.id] = element;
      sections[section.id] = { found_by: by };
    }
    const { found: list, limited } = texts(owners);
    for (const section of spec.sections) {
      const element = elements[section.id];
      if (!element) continue;
      const rect = element.getBoundingClientRect();
      const media = all("img, video, svg, picture, canvas", element).filter((one) => shown(one) && sized(one.getBoundingClientRect())).length;
      const behind = [null, "::before", "::after"].filter((pseudo) => getComputedStyle(element, pseudo).backgroundImage.includes("url(")).length;
      let length = 0;
      kept.forEach((entry, i) => { if (element.contains(entry.element)) length += list[i].text.length; });
      Object.assign(sections[section.id], { box: box(rect), visible: shown(element) && sized(rect), text_length: length, pictures: media + behind });
    }
    const layers = {};
    for (const selector of spec.painted) layers[selector] = painted(selector);
    const urls = new Set();
    const behind = backgrounds(owners);
    for (const layer of [...Object.values(layers), ...behind])
      for (const match of (layer.images || "").matchAll(/url\("((?:[^"\\]|\\.)*)"\)/g)) if (urls.size < 40) urls.add(match[1]);
    const loaded = {};
    await Promise.all([...urls].map(async (url) => { loaded[url.slice(0, 2000)] = await loads(url); }));

    const groups = {};
    for (const section of spec.sections) if (section.items) groups[section.id] = groupOf(section, elements[section.id], list);
    const fonts = {};
    for (const [role, selector] of Object.entries(spec.fonts)) {
      const families = {};
      let stack = "";
      for (const element of all(selector).slice(0, 500)) {
        const family = style(element).fontFamily;
        stack ||= family.slice(0, 200);
        const first = (/^\s*(?:"([^"]*)"|'([^']*)'|([^,]*))/.exec(family) || []).slice(1).find((part) => part !== undefined) || "";
        families[first.trim().slice(0, 80)] = (families[first.trim().slice(0, 80)] || 0) + 1;
      }
      fonts[role] = { families, stack };
    }
    const local = {};
    const atRoot = tokens(spec.tokens, document.documentElement);
    for (const [id, element] of Object.entries(elements)) {
      if (!element) continue;
      const here = tokens(spec.tokens, element), differing = {};
      for (const role of Object.keys(here)) if (JSON.stringify(here[role]) !== JSON.stringify(atRoot[role])) differing[role] = here[role];
      if (Object.keys(differing).length) local[id] = differing;
    }
    const logos = {};
    for (const [name, selector] of Object.entries(spec.logos)) {
      const element = one(selector);
      logos[name] = element && element.localName === "img" ? pictureOf(element, owners) : null;
    }
    const found = controls(owners);
    const traps = {};
    for (const trap of spec.traps)
      traps[trap.id] = trap.kind === "control"
        ? keptControls.flatMap((element, i) => (matches(element, trap.selector) ? [i] : []))
        : kept.flatMap((entry, i) => (inside(entry.element, trap.selector) ? [i] : []));
    const root = document.documentElement, propagated = getComputedStyle(root).overflowX === "visible" ? getComputedStyle(document.body) : getComputedStyle(root);
    return {
      width: innerWidth, height: innerHeight, scroll_width: root.scrollWidth, scroll_height: root.scrollHeight, sideways: !/hidden|clip/.test(propagated.overflowX),
      tokens: atRoot, local, fonts, painted: layers, backgrounds: behind, loaded, sections, hero: heroOf(spec, list), groups, logos,
      pictures: all("img").slice(0, MAX_PICTURES).map((element) => pictureOf(element, owners)), nav: navOf(spec.slots.nav || "nav ul"),
      texts: list, limited, controls: found, traps,
    };
  };

  // How texts look before any state is forced on them.
  const noteRest = () => {
    for (const entry of kept) {
      entry.ground = ground(entry.element);
      entry.colour = paintOf(entry).join();
    }
  };

  let hidden = null;
  const hideInk = (logos) => {
    hidden = new CSSStyleSheet();
    const none = "-webkit-text-fill-color: transparent !important; -webkit-text-stroke-color: transparent !important; text-shadow: none !important; text-decoration-color: transparent !important; text-emphasis-color: transparent !important; caret-color: transparent !important;";
    hidden.insertRule(`*, *::before, *::after, ::placeholder { ${none} }`);
    hidden.insertRule("::marker { color: transparent !important; }");
    for (const selector of logos) { try { hidden.insertRule(`${selector} { visibility: hidden !important; }`); } catch { /* no such selector */ } }
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, hidden];
    settle();
  };
  const showInk = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== hidden);
    hidden = null;
    settle();
  };

  // Moves the page so that what lies at (x, y) comes into the window: to scroll would tell the page, and to capture beyond the
  // window resizes it for a moment, so that heights by the window change. What is fixed moves along, as if nobody had scrolled.
  let moved = null;
  const shift = (x, y) => {
    if (moved && !(x || y)) {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== moved);
      moved = null;
    } else if (x || y) {
      if (!moved) {
        moved = new CSSStyleSheet();
        moved.insertRule("html { transition: none !important; animation: none !important; }");
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, moved];
      }
      // A rule that changes costs half of what a stylesheet does that comes or goes.
      moved.cssRules[0].style.setProperty("transform", `translate(${-x}px, ${-y}px)`, "important");
    }
    settle();
  };

  // Texts that a forced state paints otherwise than at rest; ink has to be shown while this is asked.
  const changed = () => {
    settle();
    const found = [];
    kept.forEach((entry, i) => {
      if (!entry.element.isConnected || entry.colour === null) return;
      const colour = paintOf(entry), behind = ground(entry.element);
      if (colour.join() !== entry.colour || behind !== entry.ground) found.push({ index: i, colour, moved: behind !== entry.ground });
    });
    return found;
  };

  const fullOpacity = (element) => element ? +getComputedStyle(element).opacity * fullOpacity(element.parentElement) : 1;
  const logoPixels = async (selector) => {
    const element = one(selector);
    if (!element || element.localName !== "img" || !element.naturalWidth) return null;
    const rect = element.getBoundingClientRect();
    const w = Math.min(1000, Math.round(rect.width)), h = Math.min(400, Math.round(rect.height));
    if (w < 2 || h < 2) return null;
    const context = new OffscreenCanvas(w, h).getContext("2d", { willReadFrequently: true });
    const s = getComputedStyle(element);
    try {
      // What a filter or opacity makes of it is what is seen; a filter by reference the canvas does not know.
      if (s.filter !== "none" && !s.filter.includes("url(")) context.filter = s.filter;
      context.drawImage(element, 0, 0, w, h);
      const data = context.getImageData(0, 0, w, h).data;
      let text = "";
      for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
      return { w, h, data: btoa(text), x: Math.round(rect.left + scrollX), y: Math.round(rect.top + scrollY), opacity: fullOpacity(element), behind: rgba(s.backgroundColor) };
    } catch { return null; }
  };

  const LOOKS = ["boxShadow", "backgroundColor", "backgroundImage", "borderTopColor", "borderRightColor", "borderBottomColor", "borderLeftColor", "borderTopWidth", "borderBottomWidth", "borderTopStyle", "borderBottomStyle", "color", "textDecorationLine", "textDecorationColor", "textDecorationThickness", "transform", "opacity", "fill", "stroke", "filter", "visibility"];
  // An outline around an element that has the very colour of the plain ground it is painted on.
  const lostOn = (element, s) => {
    if (s.outlineStyle === "auto" || parseFloat(s.outlineOffset) < 0) return false;
    const ring = rgba(s.outlineColor);
    for (let node = element.parentElement; ring; node = node.parentElement) {
      const around = node ? getComputedStyle(node) : null;
      const colour = around ? rgba(around.backgroundColor) : [255, 255, 255, 1];
      if (around && around.backgroundImage !== "none") return false;
      if (colour && colour[3] > 0.99) return [0, 1, 2].every((i) => Math.abs(ring[i] - colour[i]) * ring[3] <= 6);
      if (!node || (colour && colour[3] > 0)) return false;
    }
    return false;
  };
  const look = (element) => {
    const read = {};
    const take = (prefix, s, owner = element) => {
      const outline = s.outlineStyle === "none" || !(parseFloat(s.outlineWidth) > 0) || (rgba(s.outlineColor) || [0, 0, 0, 1])[3] === 0 || lostOn(owner, s);
      read[prefix + "outline"] = outline ? "none" : `${s.outlineStyle} ${s.outlineWidth} ${s.outlineColor}`;
      for (const name of LOOKS) read[prefix + name] = s[name];
      // A shadow without colour is none.
      if ((s.boxShadow.match(/rgba?\([^)]*\)/g) || ["?"]).every((colour) => (rgba(colour) || [0, 0, 0, 1])[3] === 0)) read[prefix + "boxShadow"] = "none";
    };
    take("", getComputedStyle(element));
    for (const pseudo of ["::before", "::after"]) {
      const s = getComputedStyle(element, pseudo);
      if (s.content !== "none" && s.content !== "normal") take(pseudo + " ", s);
      else read[pseudo + " content"] = s.content;
    }
    if (element.parentElement) take("parent ", getComputedStyle(element.parentElement), element.parentElement);
    const rect = element.getBoundingClientRect();
    read.place = [rect.left, rect.top, rect.width, rect.height].map(Math.round).join();
    return read;
  };
  const owned = (spec) => new Map(spec.sections.flatMap((section) => { const [element] = findSection(section); return element ? [[element, section.id]] : []; }));
  const firstFocus = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    forget(); settle();
    const href = element.getAttribute("href") || "", rect = element.getBoundingClientRect();
    let target = null;
    if (href.startsWith("#") && href.length > 1) { try { target = document.getElementById(decodeURIComponent(href.slice(1))); } catch { target = null; } }
    return {
      path: path(element), tag: element.localName, href: href.slice(0, 200), text: squash(element.textContent || element.getAttribute("aria-label") || "", 80), target: target ? path(target) : "",
      shown: shown(element) && rect.width > 2 && rect.height > 2 && rect.right > 0 && rect.bottom > 0 && rect.left < innerWidth && rect.top < innerHeight,
    };
  };
  const focusEach = (spec) => {
    forget();
    const owners = owned(spec), found = [];
    for (const element of all(FOCUSABLE)) {
      if (found.length >= 80) break;
      if (element.tabIndex < 0 || matches(element, ":disabled") || !element.checkVisibility({ visibilityProperty: true })) continue;
      if (document.activeElement === element) { element.blur(); settle(); }
      const before = look(element);
      element.focus({ preventScroll: true });
      if (document.activeElement !== element) continue;
      settle();
      const after = look(element);
      const differing = Object.keys(after).filter((name) => before[name] !== after[name] && !(name === "outline" && after[name] === "none"));
      found.push({ path: path(element), section: sectionOf(element, owners), tag: element.localName, text: squash(element.textContent || element.getAttribute("aria-label") || element.getAttribute("placeholder") || "", 80), seen: differing.length > 0, changed: differing.slice(0, 8) });
    }
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    settle();
    return found;
  };

  const aim = (selector) => {
    const found = all(selector);
    const element = found.find((one) => shown(one) && sized(one.getBoundingClientRect()));
    if (!element) return { there: found.length > 0, at: null };
    element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    settle();
    // A link broken over two lines has a middle that is not its own.
    const rect = [...element.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height)[0];
    return { there: true, at: [rect.left + rect.width / 2, rect.top + rect.height / 2] };
  };
  const focusOn = (selector) => { const element = one(selector); if (element) element.focus(); return element !== null && document.activeElement === element; };
  const scrollToY = async (y) => {
    if (Math.round(window.scrollY) !== y) { window.scrollTo({ top: y, left: 0, behavior: "instant" }); await frame(); settle(); }
    return Math.round(window.scrollY);
  };

  const holds = (expectation) => {
    const [base] = splitPseudo(expectation.target);
    const found = all(base), element = found[0];
    const visible = found.some((one) => shown(one) && sized(one.getBoundingClientRect()));
    switch (expectation.state) {
      case "visible": return visible;
      case "hidden": return !visible;
      case "has-class": return Boolean(element) && element.classList.contains(expectation.value);
      case "lacks-class": return Boolean(element) && !element.classList.contains(expectation.value);
      case "text": return Boolean(element) && squash(element.textContent || "", 100000).includes(squash(expectation.value, 2000));
      case "attribute": {
        const at = expectation.value.indexOf("="), name = at < 0 ? expectation.value : expectation.value.slice(0, at);
        if (!element || !element.hasAttribute(name)) return false;
        return at < 0 || element.getAttribute(name) === expectation.value.slice(at + 1);
      }
      default: return false;
    }
  };
  // Looks again until everything holds or the time is up: a script may answer an event a little later.
  const expectAll = async (expectations, patience) => {
    const end = performance.now() + patience;
    for (;;) {
      settle();
      const wrong = expectations.findIndex((expectation) => !holds(expectation));
      if (wrong < 0 || performance.now() >= end) return wrong;
      await new Promise((done) => setTimeout(done, 15));
    }
  };

  globalThis.probe = { ready, resized, measure, shift, noteRest, hideInk, showInk, changed, logoPixels, firstFocus, focusEach, aim, focusOn, scrollToY, expectAll, settle, painted: (selector) => { forget(); settle(); return painted(selector); }, FOCUSABLE };
})();
