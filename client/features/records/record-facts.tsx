import { useQuery } from '@tanstack/react-query';
import type { SessionInfo } from '../../../server/contract/access.js';
import type { Column, RecordType } from '../../../server/contract/columns.js';
import { typeField, type AnyRecord } from '../../../server/contract/records.js';
import { registerOf, type RegisterType } from '../../lib/registers';
import { nameQuery } from './api';
import { EmailText } from './owner-name';
import { RecordLink } from './record-link';
import { declarationOf, labelOf, valueText } from './words';

interface RecordFactsProps {
  type: RegisterType;
  record: AnyRecord;
  session: SessionInfo;
}

/** Everything that is stated of a record, by its declaration; what is not stated says so. */
export function RecordFacts({ type, record, session }: RecordFactsProps) {
  const fields = Object.entries(declarationOf(type).columns).filter(([field]) => field !== 'code' && field !== 'name');
  return (
    <section className="card" aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      <dl className="facts">
        {fields.map(([field, column]) => (
          <div key={field}>
            <dt>{labelOf(field)}</dt>
            <dd>
              <Fact {...{ field, column, record, session }} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface FactProps {
  field: string;
  column: Column;
  record: AnyRecord;
  session: SessionInfo;
}

function Fact({ field, column, record, session }: FactProps) {
  const text = valueText(column.type, record[field]);
  if (text === null)
    return <span className="caption">{column.type.kind === 'percent' ? 'blank: assumed' : 'not stated'}</span>;
  const { type } = column;
  if (type.kind === 'ref') return <Reference type={type.to} code={text} session={session} />;
  if (type.kind === 'anyRef')
    return <Reference type={record[typeField(field)] as RecordType} code={text} session={session} />;
  if (type.kind === 'email') return <EmailText address={text} />;
  return <span className="prewrap">{text}</span>;
}

function Reference({ type, code, session }: { type: RecordType; code: string; session: SessionInfo }) {
  const isReadable = session.reads.includes(type);
  const { data: name } = useQuery({ ...nameQuery(type, code), enabled: isReadable });
  const register = registerOf(type);
  const words = (name ?? code) === code ? code : `${code} ${name}`;
  return register && isReadable ? (
    <RecordLink type={register.type} code={code}>
      {words}
    </RecordLink>
  ) : (
    <>{words}</>
  );
}
