import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { uuidv7 } from 'uuidv7';
import { changeSchema, createSchema, type AnyRecord, type Declaration } from '../../../server/contract/records.js';
import { ApiError } from '../../lib/http';
import type { RegisterType } from '../../lib/registers';
import { changeRecord, createRecord, recordQuery } from './api';
import {
  changedFields,
  draftOf,
  isSame,
  readDraft,
  serverProblems,
  statedFields,
  type Draft,
  type FieldProblem,
} from './form-values';
import { declarationOf, labelOf } from './words';

/** Somebody else's state of the record, and the fields in which it and the form both changed. */
export interface Conflict {
  theirs: AnyRecord;
  /** Changed here and there, differently: one must be chosen. */
  fields: string[];
  /** Changed there only: taken over already. */
  taken: string[];
}

interface RecordForm {
  draft: Draft;
  set: (field: string, value: Draft[string]) => void;
  /** Why, as it is typed. */
  reason: string;
  setReason: (reason: string) => void;
  problems: readonly FieldProblem[];
  conflict: Conflict | null;
  /** What the form began with, to show beside a conflict. */
  base: Draft;
  settle: (field: string, choice: 'mine' | 'theirs') => void;
  isDirty: boolean;
  isSaving: boolean;
  /** @param found wrong beyond what the schema sees */
  save: (found: readonly FieldProblem[]) => Promise<AnyRecord | null>;
}

const UNSETTLED = 'Someone else changed this too. Take theirs or keep yours.';

/**
 * What is typed, checked and sent. Nothing typed is lost by a refusal.
 * @param record null for a new one
 * @param prefill values that a new record starts with
 */
export function useRecordForm(
  type: RegisterType,
  record: AnyRecord | null,
  prefill: Readonly<Record<string, unknown>> = {},
): RecordForm {
  const declaration = declarationOf(type);
  const queryClient = useQueryClient();
  const [read, setRead] = useState(record);
  const [base, setBase] = useState(() => draftOf(declaration, record ?? {}));
  const [draft, setDraft] = useState<Draft>(() => (record ? base : { ...base, ...draftOf(declaration, prefill) }));
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [isSaving, setSaving] = useState(false);
  const sent = useRef({ body: '', key: '' });
  const isBusy = useRef(false);

  /** The same content with the same reason is sent under the same key, so that trying again after a lost answer makes no second record. */
  const keyFor = (body: Record<string, unknown>): string => {
    const text = JSON.stringify([body, reason]);
    if (sent.current.body !== text) sent.current = { body: text, key: uuidv7() };
    return sent.current.key;
  };

  const meetTheirs = async (current: AnyRecord): Promise<void> => {
    const theirs = await queryClient.fetchQuery({ ...recordQuery(type, current.id), staleTime: 0 });
    const theirDraft = draftOf(declaration, theirs);
    const changedThere = changedFields(theirDraft, base);
    const fields = changedThere.filter(
      (field) => !isSame(draft[field], base[field]) && !isSame(draft[field], theirDraft[field]),
    );
    const taken = changedThere.filter((field) => isSame(draft[field], base[field]));
    setDraft({ ...draft, ...pick(theirDraft, taken) });
    setConflict({ theirs, fields, taken });
    setRead(theirs);
    setBase(theirDraft);
  };

  const refuse = async (error: unknown): Promise<void> => {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 412 && read) {
      await meetTheirs(read);
      return;
    }
    setProblems(serverProblems(declaration, error.message, error.errors));
  };

  const save = async (found: readonly FieldProblem[]): Promise<AnyRecord | null> => {
    if (isBusy.current) return null;
    if (conflict && conflict.fields.length > 0) {
      setProblems(conflict.fields.map((field) => ({ field, message: `${labelOf(field)}: ${UNSETTLED}` })));
      return null;
    }
    const checked = check(declaration, draft, base, read !== null);
    const known = new Set(checked.problems.map(({ field }) => field));
    const wrong = [...checked.problems, ...found.filter(({ field }) => !known.has(field))];
    setProblems(wrong);
    if (wrong.length > 0) return null;
    isBusy.current = true;
    setSaving(true);
    try {
      const saved = read
        ? await changeRecord(type, read, checked.body, reason)
        : await createRecord(type, checked.body, keyFor(checked.body), reason);
      setConflict(null);
      return saved;
    } catch (error) {
      await refuse(error).catch((failure: unknown) =>
        setProblems([{ field: null, message: (failure as Error).message }]),
      );
      return null;
    } finally {
      isBusy.current = false;
      setSaving(false);
    }
  };

  return {
    draft,
    set: (field, value) => setDraft((was) => ({ ...was, [field]: value })),
    reason,
    setReason,
    problems,
    conflict,
    base,
    settle: (field, choice) => {
      if (!conflict) return;
      if (choice === 'theirs') setDraft({ ...draft, ...pick(draftOf(declaration, conflict.theirs), [field]) });
      setConflict({ ...conflict, fields: conflict.fields.filter((other) => other !== field) });
    },
    isDirty: changedFields(draft, base).length > 0 || reason !== '',
    isSaving,
    save,
  };
}

const pick = (draft: Draft, fields: readonly string[]): Draft =>
  Object.fromEntries(fields.map((field) => [field, draft[field] ?? '']));

/** A new record is checked whole; of an old one what changed, without the keys, which do not change. */
function check(declaration: Declaration, draft: Draft, base: Draft, exists: boolean) {
  if (!exists) return readDraft(declaration, draft, statedFields(declaration, draft), createSchema(declaration));
  const changed = changedFields(draft, base).filter((field) => !isFixed(declaration, field));
  return readDraft(declaration, draft, changed, changeSchema(declaration));
}

/** The ends of a link and other keys of several fields say which record it is, and stay. */
export const isFixed = (declaration: Declaration, field: string): boolean =>
  declaration.key.length > 1 && declaration.key.includes(field);
