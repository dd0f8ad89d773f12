/** How sigma tells what to write: where, in pixels, and in what type. */
interface Item {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly label: string | null;
  readonly side?: "left" | "right";
  /** In a box of its own. */
  readonly highlighted?: boolean;
}

interface Type {
  readonly labelSize: number;
  readonly labelFont: string;
  readonly labelColor: Ink;
  readonly edgeLabelSize: number;
  readonly edgeLabelFont: string;
  readonly edgeLabelColor: Ink;
}

interface Ink {
  readonly color: string;
  /** The colour of the page, around the letters. */
  readonly paper: string;
  readonly line?: string;
}

const LONGEST = 34;

/** Where there are shapes and words already in a picture: a name that would lie over another is left out, and read when the reader comes closer. */
export class Taken {
  #boxes: (readonly [left: number, top: number, right: number, bottom: number])[] = [];

  clear(): void {
    this.#boxes = [];
  }

  /** Takes a place; false where it is not free. */
  take(left: number, top: number, right: number, bottom: number): boolean {
    if (this.#boxes.some(([l, t, r, b]) => left < r && right > l && top < b && bottom > t)) return false;
    this.hold(left, top, right, bottom);
    return true;
  }

  /** Takes a place, whatever is there. */
  hold(left: number, top: number, right: number, bottom: number): void {
    this.#boxes.push([left, top, right, bottom]);
  }
}

/** The name of a concept beside it, shortened, legible over lines; on the other side, or not at all, where other words or shapes are or the picture ends. */
export function drawLabel(taken: Taken, context: CanvasRenderingContext2D, { x, y, size, label, side, highlighted }: Item, { labelSize, labelFont, labelColor }: Type): void {
  if (!label || highlighted) return;
  context.font = `${labelSize}px ${labelFont}`;
  const text = label.length > LONGEST ? `${label.slice(0, LONGEST - 1).trimEnd()}…` : label;
  const away = size + 5;
  const { width } = context.measureText(text);
  const beside = [x + away, x - away - width];
  const left = (side === "left" ? beside.reverse() : beside).find(
    (one) => one > 0 && one + width < endOf(context) && taken.take(one, y - labelSize / 2, one + width, y + labelSize / 2),
  );
  if (left !== undefined) outlined(context, text, left, y + labelSize / 3, labelColor);
}

/** The right end of a picture, in the pixels that are drawn in. */
function endOf(context: CanvasRenderingContext2D): number {
  return context.canvas.width / context.getTransform().a;
}

/** Keeps the place of a shape free of words, and that of the box of a marked concept. */
export function holdPlace(taken: Taken, context: CanvasRenderingContext2D, item: Item, type: Type): void {
  const { x, y, size, highlighted } = item;
  taken.hold(x - size, y - size, x + size, y + size);
  if (!highlighted) return;
  const { left, top, width, height } = boxOf(context, item, type);
  taken.hold(left, top, left + width, top + height);
}

function boxOf(context: CanvasRenderingContext2D, { x, y, size, label }: Item, { labelSize, labelFont }: Type): { left: number; top: number; width: number; height: number } {
  context.font = `600 ${labelSize}px ${labelFont}`;
  const width = context.measureText(label ?? "").width + 12;
  const height = labelSize + 10;
  const away = size + 4;
  const end = endOf(context);
  const left = [x + away, x - away - width].find((one) => one > 0 && one + width < end);
  // Below it where there is room on neither side, as on a telephone.
  if (left === undefined) return { left: Math.max(2, Math.min(x - width / 2, end - width - 2)), top: y + away, width, height };
  return { left, top: y - height / 2, width, height };
}

/** The whole name in a box: of the concept that is marked or pointed at. */
export function drawBox(context: CanvasRenderingContext2D, item: Item, type: Type): void {
  const { label } = item;
  const { labelSize, labelColor } = type;
  if (!label) return;
  const { left, top, width, height } = boxOf(context, item, type);
  context.beginPath();
  context.roundRect(left, top, width, height, 4);
  context.fillStyle = labelColor.paper;
  context.fill();
  context.strokeStyle = labelColor.line ?? labelColor.color;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = labelColor.color;
  context.fillText(label, left + 6, top + height / 2 + labelSize / 3);
}

/** What a line says, on it, the right way up; nothing where it is too short or other words are. */
export function drawLineLabel(taken: Taken, context: CanvasRenderingContext2D, { label }: Item, from: Item, to: Item, { edgeLabelSize, edgeLabelFont, edgeLabelColor }: Type): void {
  if (!label) return;
  const far = Math.hypot(to.x - from.x, to.y - from.y);
  const room = far - from.size - to.size - 16;
  context.font = `${edgeLabelSize}px ${edgeLabelFont}`;
  const { width } = context.measureText(label);
  if (width > room) return;
  // In the middle of what is seen of the line between the two shapes.
  const middle = (far + from.size - to.size) / 2 / far;
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const [x, y] = [from.x + (to.x - from.x) * middle, from.y + (to.y - from.y) * middle];
  const across = (Math.abs(Math.cos(angle)) * width + edgeLabelSize) / 2;
  const down = (Math.abs(Math.sin(angle)) * width + edgeLabelSize) / 2;
  if (!taken.take(x - across, y - down, x + across, y + down)) return;
  context.save();
  context.translate(x, y);
  context.rotate(Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle);
  outlined(context, label, -width / 2, edgeLabelSize / 3, edgeLabelColor);
  context.restore();
}

function outlined(context: CanvasRenderingContext2D, text: string, x: number, y: number, { color, paper }: Ink): void {
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = paper;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}
