import { useSyncExternalStore } from 'react';
import { readDraft, writeDraft, browserStore } from './drafts';
import {
  NOTHING_STAGED,
  rebase,
  redo,
  settle,
  stage,
  undo,
  type Base,
  type Changes,
  type Edits,
  type Staged,
} from './staged';

/** What somebody else stored over which an edit was made. */
export interface Theirs extends Base {
  by: string | null;
  at: string | null;
}

export interface SheetState {
  staged: Staged;
  reason: string;
  /** Locked months that this person said to restate. */
  restated: ReadonlySet<string>;
  /** As a refused save told; the grid itself tells of what it shows. */
  theirs: Readonly<Record<string, Theirs>>;
  /** When the draft was kept that was found at the start. */
  restoredAt: string | null;
}

const DRAFT_AFTER_MS = 200;

/** The edits of one person, kept in the browser as they change. Read at once by whoever saves: no rendering lies between. */
export class Sheet {
  #state: SheetState;
  #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly userId: string) {
    const draft = readDraft(browserStore(), userId);
    this.#state = {
      staged: draft ? { ...NOTHING_STAGED, edits: draft.edits } : NOTHING_STAGED,
      reason: draft?.reason ?? '',
      restated: new Set(),
      theirs: {},
      restoredAt: draft?.at ?? null,
    };
  }

  readonly get = (): SheetState => this.#state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly stage = (changes: Changes): void => this.#change({ staged: stage(this.#state.staged, changes) });
  readonly undo = (): void => this.#change({ staged: undo(this.#state.staged) });
  readonly redo = (): void => this.#change({ staged: redo(this.#state.staged) });
  readonly setReason = (reason: string): void => this.#change({ reason });
  readonly restate = (month: string): void => this.#change({ restated: new Set([...this.#state.restated, month]) });
  readonly discard = (): void =>
    this.#change({ staged: NOTHING_STAGED, reason: '', theirs: {}, restoredAt: null, restated: new Set() });
  readonly forgetNotice = (): void => this.#change({ restoredAt: null });

  /** Others' values that a refused save told. */
  readonly learn = (found: Readonly<Record<string, Theirs>>): void =>
    this.#change({ theirs: { ...this.#state.theirs, ...found } });

  /** The own value stays, over theirs. */
  readonly keepMine = (key: string, now: Base): void =>
    this.#change({ staged: rebase(this.#state.staged, key, now), theirs: without(this.#state.theirs, [key]) });

  /** Theirs stands, and the edit is gone. */
  readonly takeTheirs = (key: string): void =>
    this.#change({ staged: stage(this.#state.staged, { [key]: null }), theirs: without(this.#state.theirs, [key]) });

  /** @param sent what was saved; an edit that was changed while it was on its way stays, over what was saved */
  readonly saved = (sent: Edits, versions: Readonly<Record<string, number>>): void => {
    const { edits } = this.#state.staged;
    const done = Object.keys(sent).filter((key) => edits[key] === sent[key]);
    let staged = settle(this.#state.staged, done);
    for (const key of Object.keys(sent))
      if (staged.edits[key]) staged = rebase(staged, key, { version: versions[key] ?? null, value: sent[key]!.value });
    const isEmpty = Object.keys(staged.edits).length === 0;
    this.#change({
      staged,
      theirs: without(this.#state.theirs, done),
      restoredAt: null,
      ...(isEmpty ? { reason: '', restated: new Set() } : {}),
    });
  };

  /** Writes what is not written yet; when the page goes away. */
  readonly flush = (): void => {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { staged, reason } = this.#state;
    writeDraft(browserStore(), this.userId, { edits: staged.edits, reason, at: new Date().toISOString() });
  };

  #change(change: Partial<SheetState>): void {
    this.#state = { ...this.#state, ...change };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.flush, DRAFT_AFTER_MS);
    for (const listener of this.#listeners) listener();
  }
}

const without = <T>(record: Readonly<Record<string, T>>, keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

export const useSheet = (sheet: Sheet): SheetState => useSyncExternalStore(sheet.subscribe, sheet.get);
