import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportSource, SourceSheet } from '../../../server/contract/mapping.js';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import { ErrorSummary, type SummaryError } from '../../ui/field';
import { sheetQuery } from './api';
import type { SheetDraft } from './drafts';
import { emptyTarget, putTarget, removeTarget } from './editing';
import { openPoints, TABLE_ID } from './open-points';
import { Questions } from './questions';
import { SaveMapping } from './save-mapping';
import { SavedOffer } from './saved-offer';
import { SheetChoice } from './sheet-choice';
import { StageChoice } from './stage-choice';
import { TableSelect } from './table-select';
import { TargetSection } from './target-section';

interface MatchStepProps {
  source: ImportSource;
  sheet: SourceSheet;
  draft: SheetDraft;
  onChange: (draft: SheetDraft) => void;
  /** @throws where the sheet cannot be looked at so */
  onHeaderRow: (row: number) => Promise<void>;
  onDone: () => void;
}

/** What the rows are, which column is which of our fields, and how their cells are written. */
export function MatchStep({ source, sheet, draft, onChange, onHeaderRow, onDone }: MatchStepProps) {
  const { mapping } = draft;
  const queryClient = useQueryClient();
  const [opened, setOpened] = useState<number | null>(sheet.changeLog === null ? 0 : null);
  const [said, setSaid] = useState<readonly SummaryError[]>([]);
  const setMapping = (changed: typeof mapping) => onChange({ ...draft, mapping: changed });
  const points = openPoints(mapping, sheet);
  const add = async (table: string) => {
    const otherwise = sheetQuery(source.id, sheet.sheet, { headerRow: sheet.headerRow, table });
    // What looks like it is filled in; where that cannot be read, a person matches it alone.
    const seen = await queryClient.fetchQuery(otherwise).catch(() => null);
    const suggested = seen?.suggestion?.mapping.targets.find((target) => target.table === table);
    setMapping(putTarget(mapping, mapping.targets.length, suggested ?? emptyTarget(table)));
    setOpened(mapping.targets.length);
  };
  const done = () => {
    if (points.length === 0) return onDone();
    const first = points.find(({ target }) => target !== null)?.target;
    if (first !== undefined && first !== null) setOpened(first);
    setSaid(points.map(({ message, fieldId }) => ({ message, fieldId })));
  };
  return (
    <>
      <ErrorSummary title="Before the check" errors={points.length === 0 ? NONE : said} />
      {points.length > 0 && said.length === 0 && (
        <div className="notice" role="status">
          <p>
            <span aria-hidden="true">⚠ </span>
            {counted(points.length, 'thing is', 'things are')} open before the check:
          </p>
          <ul className="open-points">
            {points.map(({ message, fieldId, target }) => (
              <li key={message}>
                <a
                  href={`#${fieldId}`}
                  onClick={(event) => {
                    event.preventDefault();
                    if (target !== null) setOpened(target);
                    // The section may have to open first.
                    setTimeout(() => document.getElementById(fieldId)?.focus());
                  }}
                >
                  {message}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
      <SheetChoice source={source} sheet={sheet} onHeaderRow={onHeaderRow} />
      <SavedOffer sheet={sheet} draft={draft} onChange={onChange} />
      {sheet.noChangeLog !== null && (
        <p className="notice" role="note">
          <span aria-hidden="true">⚠ </span>
          {sheet.noChangeLog}
        </p>
      )}
      <StageChoice sheet={sheet} mapping={mapping} onChange={setMapping} />
      <Questions mapping={mapping} sheet={sheet} onChange={setMapping} />
      {mapping.targets.map((target, at) => (
        <TargetSection
          key={`${at} ${target.table}`}
          sourceId={source.id}
          sheet={sheet}
          target={target}
          at={at}
          again={mapping.targets.slice(0, at).filter(({ table }) => table === target.table).length + 1}
          saved={draft.saved?.name ?? null}
          isOpen={opened === at}
          onOpen={(isOpen) => setOpened(isOpen ? at : null)}
          onChange={(changed) => setMapping(putTarget(mapping, at, changed))}
          onRemove={() => {
            setMapping(removeTarget(mapping, at));
            setOpened(null);
          }}
        />
      ))}
      <section className="card import-form" aria-labelledby="add-table">
        <h2 id="add-table">{mapping.targets.length === 0 ? 'What are the rows?' : 'Do the rows hold more?'}</h2>
        <TableSelect
          id={TABLE_ID}
          label={mapping.targets.length === 0 ? 'Each row is' : 'Each row also holds'}
          suggested={sheet.tables}
          onChoose={add}
        />
      </section>
      {mapping.targets.length > 0 && <SaveMapping draft={draft} onChange={onChange} />}
      <p className="actions wizard-foot">
        <Button look="primary" onClick={done}>
          Check {counted(sheet.rows, 'row')}
        </Button>
        <span className="caption">The check writes nothing.</span>
      </p>
    </>
  );
}

const NONE: readonly SummaryError[] = [];
