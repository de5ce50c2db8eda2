// A palette as buttons. One that is pressed lights up its pixels; pressed again it lets them go.

const SIZES = [[16, "78px", "46px"], [32, "54px", "34px"], [64, "30px", "26px"], [256, "17px", "17px"]];

const ink = (hex) => {
  const [r, g, b] = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b > 140 ? "#111111" : "#ffffff";
};

// A block of pixels as a picture that fills its button.
const tile = (cells, side) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const pen = canvas.getContext("2d");
  for (let i = 0; i < side * side; i++) {
    pen.fillStyle = `#${cells.slice(6 * i, 6 * i + 6)}`;
    pen.fillRect(i % side, Math.floor(i / side), 1, 1);
  }
  return `url(${canvas.toDataURL()})`;
};

const made = (host) => {
  host.innerHTML = '<div class="iq-palette" role="group"></div>';
  return { box: host.firstElementChild, drawn: "" };
};

const draw = (shown, { items, side, label, key }) => {
  const { box } = shown;
  const [, wide, tall] = SIZES.find(([most]) => items.length <= most) ?? SIZES.at(-1);
  box.style.setProperty("--iq-wide", wide);
  box.style.setProperty("--iq-tall", tall);
  box.classList.toggle("iq-small", items.length > 32);
  box.setAttribute("aria-label", label);
  box.replaceChildren(...items.map(({ cells, share, said, place }) => {
    const button = Object.assign(document.createElement("button"), { type: "button", title: said });
    button.setAttribute("aria-label", said);
    button.dataset.place = place;
    if (side > 1) button.style.backgroundImage = tile(cells, side);
    else button.style.backgroundColor = `#${cells}`;
    if (items.length <= 32 && side === 1) button.textContent = share;
    button.style.color = ink(cells);
    return button;
  }));
  shown.drawn = key;
};

export default ({ data, parentElement, setTriggerValue }) => {
  const host = parentElement.querySelector(".iq-palette-host") ?? parentElement;
  const shown = (host.clusterloom ??= made(host));
  const { box } = shown;
  if (shown.drawn !== data.key) draw(shown, data);
  box.classList.toggle("iq-picked", data.chosen !== null);
  for (const button of box.children) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.place) === data.chosen));
  }
  box.onclick = ({ target }) => {
    const button = target.closest("button");
    if (button) setTriggerValue("pick", { place: Number(button.dataset.place), at: Date.now() });
  };
};
