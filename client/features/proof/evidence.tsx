import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type DragEvent } from 'react';
import type { BenefitEvidence as Evidence, EvidenceItem, EvidenceKind } from '../../../server/contract/evidence.js';
import { Button } from '../../ui/button';
import { Empty, QueryState } from '../../ui/query-state';
import { evidenceQuery } from './api';
import { EvidenceForm } from './evidence-form';
import { EvidenceRow } from './evidence-row';
import { monthsWord } from './words';
import './proof.css';

/** What is being done in the section: an item is added or changed. */
type Editing = { kind: EvidenceKind; file: File | null } | { item: EvidenceItem } | null;

const KINDS: readonly { kind: EvidenceKind; label: string }[] = [
  { kind: 'file', label: 'Add a file' },
  { kind: 'link', label: 'Add a link' },
  { kind: 'text', label: 'Add a text' },
];

/** What proves the realised values of a benefit: texts, links and files, the months that each names, and how long it counts. */
export function BenefitEvidence({ code }: { code: string }) {
  const evidence = useQuery(evidenceQuery(code));
  const [editing, setEditing] = useState<Editing>(null);
  const section = useRef<HTMLElement>(null);
  const opener = useRef<Element | null>(null);
  const mayWrite = evidence.data?.mayWrite === true;
  const open = (next: Editing) => {
    opener.current = document.activeElement;
    setEditing(next);
  };
  const drop = useDrop(mayWrite && editing === null, (file) => open({ kind: 'file', file }));
  const close = () => {
    setEditing(null);
    const back = opener.current;
    const target = back?.isConnected && back !== document.body ? back : section.current?.querySelector('h2');
    if (target instanceof HTMLElement) target.focus();
  };
  return (
    <section
      ref={section}
      className={`card proof ${drop.isOver ? 'proof-dropping' : ''}`}
      id="evidence"
      aria-labelledby="evidence-head"
      {...drop.handlers}
    >
      <div className="section-head">
        <h2 id="evidence-head" tabIndex={-1}>
          Evidence
        </h2>
        {mayWrite && (
          <div className="actions">
            {KINDS.map(({ kind, label }) => (
              <Button key={kind} onClick={() => open({ kind, file: null })}>
                {label}
              </Button>
            ))}
          </div>
        )}
      </div>
      <QueryState query={evidence} what="the evidence" rows={3}>
        {(data) => (
          <>
            {editing !== null && 'kind' in editing && (
              <EvidenceForm
                key={editing.kind}
                code={code}
                kind={editing.kind}
                item={null}
                dropped={editing.file}
                onClose={close}
              />
            )}
            {data.items.length > 0 && (
              <ul className="proof-list">
                {data.items.map((item) => (
                  <li key={item.id}>
                    {editing !== null && 'item' in editing && editing.item.id === item.id ? (
                      <EvidenceForm {...{ code, item }} kind={item.kind} dropped={null} onClose={close} />
                    ) : (
                      <EvidenceRow {...{ item, mayWrite }} onChange={() => open({ item })} />
                    )}
                  </li>
                ))}
              </ul>
            )}
            {data.items.length === 0 && editing === null && <NoItems {...{ data, mayWrite }} />}
            <Said data={data} />
          </>
        )}
      </QueryState>
    </section>
  );
}

function NoItems({ data, mayWrite }: { data: Evidence; mayWrite: boolean }) {
  const rest =
    data.said.length > 0 ? 'Some values carry a text, below.' : 'Without any, a realised value is a claim (level 1).';
  return (
    <Empty>
      No file, link or text proves this benefit yet. {rest}
      {mayWrite && ' Add one, or drop a file here.'}
    </Empty>
  );
}

/** Evidence that was entered with the values themselves. */
function Said({ data: { said } }: { data: Evidence }) {
  if (said.length === 0) return null;
  return (
    <details className="proof-said">
      <summary>Evidence told with the values</summary>
      <dl>
        {said.map(({ fromMonth, toMonth, text }) => (
          <div key={`${fromMonth} ${text}`}>
            <dt>{monthsWord(fromMonth, toMonth)}</dt>
            <dd className="prewrap">{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Files may be dropped anywhere on the section; what else is dragged over it is left alone. */
function useDrop(isOpen: boolean, onFile: (file: File) => void) {
  const [isOver, setOver] = useState(false);
  // A field for files takes them itself. Anywhere else the browser would leave the page to show what was dropped.
  const isMeant = (event: DragEvent) =>
    event.dataTransfer.types.includes('Files') && !(event.target instanceof HTMLInputElement);
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!isMeant(event)) return;
      event.preventDefault();
      setOver(isOpen);
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!isMeant(event)) return;
      event.preventDefault();
      const file = event.dataTransfer.files[0];
      if (isOpen && file) onFile(file);
    },
  };
  return { isOver, handlers };
}
