import { useLayoutEffect, useRef, type KeyboardEvent } from 'react';

export type Step = 'down' | 'up' | 'right' | 'left' | 'stay' | null;

export interface Editing {
  row: number;
  col: number;
  text: string;
  /** Begun by typing: what was there is written over, and the arrows go on to the next cell. */
  overwrites: boolean;
}

interface CellEditorProps {
  editing: Editing;
  name: string;
  /** @param step where to go then, `stay` for the cell itself; null where the focus went elsewhere by itself */
  onCommit: (text: string, step: Step) => void;
  onCancel: () => void;
}

const ARROWS: Readonly<Record<string, Step>> = {
  ArrowDown: 'down',
  ArrowUp: 'up',
  ArrowRight: 'right',
  ArrowLeft: 'left',
};

/** The text of one cell while it is written. */
export function CellEditor({ editing, name, onCommit, onCancel }: CellEditorProps) {
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useLayoutEffect(() => {
    const element = input.current;
    if (!element) return;
    element.focus({ preventScroll: true });
    element.setSelectionRange(element.value.length, element.value.length);
  }, []);
  const commit = (step: Step) => {
    if (isDone.current) return;
    isDone.current = true;
    onCommit(input.current?.value ?? '', step);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    // The page saves at this key, and what is being written belongs to it: it is the one key that goes on to the page.
    const saves = (ctrlKey || metaKey) && !altKey && key.toLowerCase() === 's';
    if (!saves) event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (key === 'Escape') {
      // The key ends here: the page must not go back a level for it.
      event.preventDefault();
      isDone.current = true;
      onCancel();
    } else if (key === 'Enter' && !altKey) {
      event.preventDefault();
      commit(shiftKey ? 'up' : 'down');
    } else if (key === 'Tab') {
      event.preventDefault();
      commit(shiftKey ? 'left' : 'right');
    } else if (editing.overwrites && ARROWS[key] && !ctrlKey && !metaKey && !altKey) {
      event.preventDefault();
      commit(ARROWS[key]);
    } else if (saves) commit('stay');
  };
  return (
    <input
      ref={input}
      className="entry-input figures"
      aria-label={name}
      defaultValue={editing.text}
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      onKeyDown={onKeyDown}
      onBlur={() => commit(null)}
    />
  );
}
