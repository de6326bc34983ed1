import { useEffect, useRef, useState } from 'react';
import {
  EVIDENCE_ENDINGS,
  evidenceItem,
  MOST_EVIDENCE_BYTES,
  type EvidenceItem,
  type EvidenceKind,
} from '../../../server/contract/evidence.js';
import { currentIn } from '../../lib/current';
import { FormField } from '../../ui/form-field';
import { addEvidence, addEvidenceFile, changeEvidence } from './api';
import { tryKeys } from './coded';
import { ProofForm, type FieldProblem, type ProofField, type Typed } from './proof-form';
import { sizeWord } from './words';

interface EvidenceFormProps {
  code: string;
  kind: EvidenceKind;
  /** What is changed; null for a new item. */
  item: EvidenceItem | null;
  /** A file that was dropped on the section. */
  dropped: File | null;
  onClose: () => void;
}

const REACH: readonly ProofField[] = [
  {
    name: 'fromMonth',
    label: 'First month it proves',
    kind: 'month',
    help: 'Blank: it is background and proves none.',
  },
  { name: 'toMonth', label: 'Last month', kind: 'month', help: 'Blank: the first month only.' },
  { name: 'expiresOn', label: 'Counts until', kind: 'date', help: 'Blank: for good.' },
];
const LINK: ProofField = {
  name: 'url',
  label: 'Address',
  kind: 'url',
  isRequired: true,
  help: 'Beginning with https:// or http://.',
};

const fieldsOf = (kind: EvidenceKind, isNew: boolean): readonly ProofField[] => [
  ...(kind === 'link' && isNew ? [LINK] : []),
  {
    name: 'title',
    label: 'Title',
    kind: 'text',
    isRequired: kind !== 'file' || !isNew,
    ...(kind === 'file' && isNew ? { help: 'Blank: the name of the file.' } : {}),
  },
  {
    name: 'note',
    label: kind === 'text' ? 'What proves the value' : 'Note',
    kind: 'long',
    isRequired: kind === 'text',
  },
  ...REACH,
];

const NAMES = ['url', 'title', 'note', 'fromMonth', 'toMonth', 'expiresOn'] as const;
const typedOf = (item: EvidenceItem | null): Typed =>
  Object.fromEntries(NAMES.map((name) => [name, item?.[name] ?? '']));

const currentOf = (body: unknown): EvidenceItem | null => currentIn(evidenceItem, body);

/** Adds an item, or changes what is said of one. */
export function EvidenceForm({ code, kind, item, dropped, onClose }: EvidenceFormProps) {
  const [file, setFile] = useState(dropped);
  const [part, setPart] = useState(0);
  const [keyOf] = useState(tryKeys);
  const asksFile = kind === 'file' && item === null;
  const check = (typed: Typed): FieldProblem[] => [
    ...(asksFile ? fileProblems(file) : []),
    ...(typed['toMonth'] !== '' && typed['fromMonth'] === ''
      ? [{ name: 'fromMonth', message: 'Name the first month, too.' }]
      : []),
    ...(typed['toMonth'] !== '' && typed['fromMonth']! > typed['toMonth']!
      ? [{ name: 'toMonth', message: 'The last month lies before the first.' }]
      : []),
  ];
  const save = (typed: Typed, stored: EvidenceItem | null, reason: string): Promise<unknown> => {
    const { url: _url, ...said } = typed;
    if (stored) return changeEvidence(stored, Object.fromEntries(Object.entries(said).map(blankIsNull)), reason);
    if (asksFile) {
      setPart(0);
      return addEvidenceFile(code, file!, said as Record<string, string>, reason, setPart);
    }
    const given = Object.entries(kind === 'link' ? typed : said).filter(([, text]) => text.trim() !== '');
    const body = { kind, ...Object.fromEntries(given) };
    return addEvidence(code, body, keyOf(JSON.stringify([body, reason])), reason);
  };
  return (
    <ProofForm<EvidenceItem>
      label={item ? `Change ${item.title}` : `Add a ${kind}`}
      fields={fieldsOf(kind, item === null)}
      stored={item}
      {...{ typedOf, check, save, currentOf }}
      asksReason
      saveWord={item ? 'Save' : `Add ${kind}`}
      onDone={onClose}
      onCancel={onClose}
      isTouched={file !== null}
      {...(asksFile
        ? {
            before: (id: string, problem: string | undefined) => (
              <FileField {...{ id, file, problem }} onChoose={setFile} />
            ),
            progress: <Progress part={part} />,
          }
        : {})}
    />
  );
}

const blankIsNull = ([name, text]: [string, string]): [string, string | null] => [
  name,
  name !== 'title' && text.trim() === '' ? null : text,
];

const MEGABYTE = 1024 * 1024;
const LIMIT = `${MOST_EVIDENCE_BYTES / MEGABYTE} MB`;

/** What can be said before anything is sent. The server looks into the file itself. */
const fileProblems = (file: File | null): FieldProblem[] => {
  if (file === null) return [{ name: 'file', message: 'Choose a file.' }];
  if (file.size > MOST_EVIDENCE_BYTES)
    return [
      {
        name: 'file',
        message: `${file.name} has ${sizeWord(file.size)}, and a file has at most ${LIMIT}. Make it smaller, or add a link to where it lies.`,
      },
    ];
  return file.size === 0 ? [{ name: 'file', message: `${file.name} is empty. Choose another.` }] : [];
};

interface FileFieldProps {
  id: string;
  file: File | null;
  problem: string | undefined;
  onChoose: (file: File | null) => void;
}

/** Chooses a file by its button, or by dropping it. */
function FileField({ id, file, problem, onChoose }: FileFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  // A file that was dropped elsewhere stands in the field, too.
  useEffect(() => {
    if (file === null || input.current === null || input.current.files?.[0] === file) return;
    const held = new DataTransfer();
    held.items.add(file);
    input.current.files = held.files;
  }, [file]);
  return (
    <FormField
      label="File"
      id={id}
      isRequired
      error={problem}
      help={`PDF, image, CSV, text, Excel, Word or PowerPoint, at most ${LIMIT}. It can be dropped here, too.`}
      note={file === null ? undefined : `${file.name}, ${sizeWord(file.size)}`}
    >
      {(control) => (
        <input
          {...control}
          ref={input}
          type="file"
          className="input proof-file"
          accept={EVIDENCE_ENDINGS.map((ending) => `.${ending}`).join(',')}
          onChange={({ target }) => onChoose(target.files?.[0] ?? null)}
        />
      )}
    </FormField>
  );
}

function Progress({ part }: { part: number }) {
  const percent = Math.round(part * 100);
  return (
    <p className="proof-progress" role="status">
      <progress value={percent} max={100} aria-label="Sent" />{' '}
      {percent < 100 ? 'Sending the file' : 'Checking the file'}
    </p>
  );
}
