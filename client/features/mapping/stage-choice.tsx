import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { stageCodeOf } from '../../../server/contract/change-log.js';
import type { ImportMapping, SourceSheet } from '../../../server/contract/mapping.js';
import { page } from '../../../server/contract/primitives.js';
import { readSchema, stage } from '../../../server/contract/records.js';
import { count, counted } from '../../../server/contract/format.js';
import { call } from '../../lib/http';
import { sessionQuery } from '../access/api';
import {
  BEGIN_ID,
  beginsIn,
  putBegin,
  putStage,
  STAGE_KINDS,
  statusId,
  statusRows,
  withoutKnown,
  type NewStage,
  type StageKind,
  type StatusRow,
} from './stages';

interface StageChoiceProps {
  sheet: SourceSheet;
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
}

interface KnownStage {
  code: string;
  name: string;
  kind: string | null;
}

const stagesQuery = queryOptions({
  queryKey: ['stages', 'all'],
  queryFn: async ({ signal }): Promise<KnownStage[]> => {
    const query = { limit: '500', sort: 'code' };
    const { items } = await call('/stages', page(readSchema(stage)), { query, signal });
    return items.map(({ code, name, kind }) => ({
      code: String(code),
      name: String(name),
      kind: kind === null ? null : String(kind),
    }));
  },
});

const ADDED = '+';
/** Before the code of a new stage that another status has. */
const SAME = '=';

/** Which of our stages each status of a work log is: said once, and kept with the saved mapping. */
export function StageChoice({ sheet, mapping, onChange }: StageChoiceProps) {
  const log = sheet.changeLog;
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { data: known } = useQuery({ ...stagesQuery, enabled: log !== null });
  useEffect(() => {
    if (known === undefined || log === null) return;
    const settled = withoutKnown(mapping, known);
    if (settled !== mapping) onChange(settled);
  }, [known, log, mapping, onChange]);
  if (log === null) return null;
  const rows = statusRows(mapping, log);
  const begin = beginsIn(mapping);
  const mayAdd = session.writes.includes('stage');
  const codes = [...(known ?? []), ...newStages(rows).map(({ code, name }) => ({ code, name: `${name} (new)` }))];
  return (
    <section className="card import-form" aria-labelledby="stages-title">
      <h2 id="stages-title">{log.name}</h2>
      <p className="field-help">
        {counted(log.items, 'item')}. {log.says}{' '}
        <a href="/stages" target="_blank" rel="noreferrer">
          See the stages that are there (in a new tab)
        </a>
      </p>
      <p className="field-help">{log.initiatives}</p>
      <div className="table-region" role="region" aria-label="Stages of the file" tabIndex={0}>
        <table className="table choice-map stage-map">
          <caption>Stages: what each status of the file is here. Saved with the mapping.</caption>
          <thead>
            <tr>
              <th scope="col">In the file</th>
              <th scope="col" className="numeric">
                Times
              </th>
              <th scope="col">Here</th>
              <th scope="col">Kind of a new stage</th>
              <th scope="col">Its place</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, place) => (
              <StatusLine
                key={row.status}
                {...{ row, place, mayAdd }}
                isFirst={rows.find(({ added }) => added?.code === row.added?.code) === row}
                known={known ?? []}
                added={newStages(rows)}
                onChoose={(chosen) => onChange(putStage(mapping, row.status, chosen))}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rows.some(({ added }) => added) && (
        <p className="field-help">
          A move to a stage with a lower place is rework; moves to and from a stage without a place never are.
          {(known?.length ?? 0) > 0 &&
            ' Places of the stages that are there already stand on their page: say where a new one stands among them.'}
        </p>
      )}
      {begin !== undefined && (
        <div className="field">
          <label htmlFor={BEGIN_ID}>Stage in which items begin: the file does not say it</label>
          <select
            id={BEGIN_ID}
            className="input"
            value={begin ?? ''}
            onChange={({ target: { value } }) => onChange(putBegin(mapping, value))}
          >
            <option value="" disabled>
              Choose
            </option>
            {codes.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      {!mayAdd && (
        <p className="field-help">New stages are added by an administrator: choose among those that are there.</p>
      )}
    </section>
  );
}

/** Each new stage once: several statuses may be the same one. */
const newStages = (rows: readonly StatusRow[]): NewStage[] => [
  ...new Map(rows.flatMap(({ added }) => (added ? [[added.code, added] as const] : []))).values(),
];

interface StatusLineProps {
  row: StatusRow;
  place: number;
  mayAdd: boolean;
  known: readonly KnownStage[];
  /** Whether no status above is the same new stage. */
  isFirst: boolean;
  /** New stages of this and of other statuses. */
  added: readonly NewStage[];
  onChoose: (stage: string | NewStage | null) => void;
}

function StatusLine({ row, place, mayAdd, known, isFirst, added: news, onChoose }: StatusLineProps) {
  const { status, rows, code, added } = row;
  const own = stageCodeOf(status);
  const others = news.filter((one) => one.code !== own);
  const change = (patch: Partial<NewStage>) => onChoose({ ...added!, ...patch });
  const choose = (value: string) => {
    if (value === ADDED)
      return onChoose(
        news.find((one) => one.code === own) ?? { code: own, name: status, kind: 'active', position: '' },
      );
    const same = others.find((one) => value === SAME + one.code);
    onChoose(same ?? (value === '' ? null : value));
  };
  return (
    <tr>
      <th scope="row" className="odd-text">
        {status}
      </th>
      <td className="numeric">{count(rows)}</td>
      <td>
        <select
          id={statusId(place)}
          className="input"
          aria-label={`Stage for ${status}`}
          aria-invalid={code === null ? true : undefined}
          value={added ? (added.code === own ? ADDED : SAME + added.code) : (code ?? '')}
          onChange={({ target }) => choose(target.value)}
        >
          <option value="">Choose</option>
          {(mayAdd || added) && <option value={ADDED}>New stage {own}</option>}
          {others.map((one) => (
            <option key={one.code} value={SAME + one.code}>
              {one.name} (new)
            </option>
          ))}
          {code !== null && !added && !known.some((one) => one.code === code) && <option value={code}>{code}</option>}
          {known.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name} ({one.kind ?? 'no kind'})
            </option>
          ))}
        </select>
      </td>
      <td>
        {added && !isFirst && <span className="caption">as above</span>}
        {added && isFirst && (
          <select
            className="input"
            aria-label={`Kind of the new stage ${added.code}`}
            value={added.kind}
            onChange={({ target }) => change({ kind: target.value as StageKind })}
          >
            {STAGE_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {kind}
              </option>
            ))}
          </select>
        )}
      </td>
      <td>
        {added && isFirst && (
          <input
            className="input stage-place"
            inputMode="numeric"
            aria-label={`Place of the new stage ${added.code}`}
            value={added.position}
            onChange={({ target }) => change({ position: target.value })}
          />
        )}
      </td>
    </tr>
  );
}
