import { partsOf } from '../../../../server/contract/narrative.js';

/**
 * A text with chips `[[key]]` as the content of an editable element: words as text, each chip as one sign that cannot be edited within. Places
 * count the signs of the text, as everywhere else.
 */

/** Beside a chip, so that the caret can stand there; never part of the text. No line breaks at it: a bracket stays with its figure. */
const JOINT = '\u2060';
const JOINTS = /\u2060/g;

const chipOf = (node: Node): string | undefined => (node instanceof HTMLElement ? node.dataset['chip'] : undefined);
const lengthOf = (node: Node): number => textOf(node).length;

function textOf(node: Node): string {
  const chip = chipOf(node);
  if (chip !== undefined) return `[[${chip}]]`;
  if (node.nodeType === Node.TEXT_NODE) return (node.nodeValue ?? '').replace(JOINTS, '').replace(/\s/g, ' ');
  return [...node.childNodes].map(textOf).join('');
}

/** The text of what stands in the element. */
export const readText = (box: HTMLElement): string => textOf(box);

/** @param printed what a chip shows */
export function writeText(box: HTMLElement, text: string, printed: (key: string) => string): void {
  box.replaceChildren(
    ...partsOf(text).flatMap((part): (Node | string)[] => {
      if ('text' in part) return [part.text];
      const chip = document.createElement('span');
      chip.className = 'review-chip';
      chip.contentEditable = 'false';
      chip.dataset['chip'] = part.chip;
      chip.textContent = printed(part.chip);
      return [JOINT, chip, JOINT];
    }),
  );
}

/** The place of the caret in the text; null where it is elsewhere. */
export function caretIn(box: HTMLElement): number | null {
  const selection = getSelection();
  if (!selection?.focusNode || !box.contains(selection.focusNode)) return null;
  const before = document.createRange();
  before.setStart(box, 0);
  before.setEnd(selection.focusNode, selection.focusOffset);
  return textOf(before.cloneContents()).length;
}

/** Where a sign of the text stands in the element. */
function pointAt(box: HTMLElement, place: number): [Node, number] {
  let left = place;
  for (const [at, node] of [...box.childNodes].entries()) {
    const length = lengthOf(node);
    if (node.nodeType === Node.TEXT_NODE && left <= length && length > 0) return [node, offsetIn(node, left)];
    if (left < length) return [box, at];
    left -= length;
  }
  return [box, box.childNodes.length];
}

/** Counts past the joints. */
function offsetIn(node: Node, signs: number): number {
  const text = node.nodeValue ?? '';
  let [offset, seen] = [0, 0];
  while (offset < text.length && seen < signs) {
    if (text[offset] !== JOINT) seen += 1;
    offset += 1;
  }
  return offset;
}

export function rangeOfPlaces(box: HTMLElement, from: number, to: number): Range {
  const range = document.createRange();
  range.setStart(...pointAt(box, from));
  range.setEnd(...pointAt(box, to));
  return range;
}

export function putCaret(box: HTMLElement, place: number): void {
  box.focus();
  const range = rangeOfPlaces(box, place, place);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}
