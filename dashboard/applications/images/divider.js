// Two pictures over one another, and a line between them that is moved by mouse, touch and keys.
// The message is four bytes with the length of a JSON head, the head, and the two pictures.

const LABELS = ["before", "after"];
const kept = (window.clusterloomDividers ??= {}); // where each line stands, whatever is shown

const opened = (message) => {
  const bytes = new Uint8Array(message.buffer ?? message, message.byteOffset ?? 0, message.byteLength);
  const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  let from = 4 + size;
  const pictures = LABELS.map((name) => {
    const { mime, length } = head[name];
    from += length;
    return new Blob([bytes.slice(from - length, from)], { type: mime });
  });
  return { head, pictures };
};

const made = (host) => {
  host.innerHTML = `
    <figure class="iq-divider">
      <div class="iq-stage">
        <img class="iq-after" draggable="false"><img class="iq-before" draggable="false">
        <div class="iq-line" aria-hidden="true"><span class="iq-grip">⇔</span></div>
      </div>
      <div class="iq-foot">
        <span></span>
        <input type="range" min="0" max="100" step="1" aria-label="Divider between before and after">
        <span></span>
      </div>
    </figure>`;
  const stage = host.querySelector(".iq-stage");
  const range = host.querySelector("input");
  const shown = { host, stage, range, has: {}, name: "" };

  shown.move = (share) => {
    const at = Math.max(0, Math.min(100, share));
    kept[shown.name] = at;
    stage.style.setProperty("--iq-at", `${at}%`);
    range.value = at;
    range.setAttribute("aria-valuetext", `${Math.round(at)} % of the picture as it came`);
  };
  range.addEventListener("input", () => shown.move(Number(range.value)));

  const follow = (event) => {
    const box = stage.getBoundingClientRect();
    shown.move((100 * (event.clientX - box.left)) / box.width);
  };
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    stage.setPointerCapture(event.pointerId);
    follow(event);
  });
  stage.addEventListener("pointermove", (event) => {
    if (stage.hasPointerCapture(event.pointerId)) follow(event);
  });

  // Enlarged pixels stay pixels; what is made smaller is smoothed by the browser.
  shown.fit = () => {
    const wide = stage.clientWidth * window.devicePixelRatio;
    stage.classList.toggle("iq-enlarged", wide > (shown.wide ?? Infinity));
  };
  shown.size = new ResizeObserver(shown.fit);
  shown.size.observe(stage);
  return shown;
};

// The old picture stays until the new one can be painted, so that nothing flashes.
const paint = async (shown, name, key, blob) => {
  if (shown.has[name] === key) return;
  shown.has[name] = key;
  const image = shown.host.querySelector(`.iq-${name}`);
  const url = URL.createObjectURL(blob);
  const next = new Image();
  next.src = url;
  try { await next.decode(); } catch { /* shown as broken, with its text */ }
  if (shown.has[name] !== key) return URL.revokeObjectURL(url);
  const old = image.src;
  image.src = url;
  image.dataset.key = key;
  if (old) URL.revokeObjectURL(old);
};

export default ({ data, parentElement }) => {
  const host = parentElement.querySelector(".iq-host") ?? parentElement;
  const shown = (host.clusterloom ??= made(host));
  const { head, pictures } = opened(data);
  const { stage } = shown;
  shown.name = head.name;
  shown.wide = head.after.width;
  stage.style.aspectRatio = `${head.width} / ${head.height}`;
  stage.style.width = `min(100%, ${Math.round((head.most * head.width) / head.height)}px)`;
  stage.style.maxHeight = `${head.most}px`;
  stage.classList.toggle("iq-clear", head.clear);
  const words = host.querySelectorAll(".iq-foot span");
  LABELS.forEach((name, i) => {
    words[i].textContent = head[name].label;
    host.querySelector(`.iq-${name}`).alt = head[name].alt;
    paint(shown, name, head[name].key, pictures[i]);
  });
  shown.move(kept[head.name] ?? 50);
  shown.fit();
  return () => {
    if (host.isConnected) return;
    shown.size.disconnect();
    for (const image of host.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    host.clusterloom = undefined;
  };
};
