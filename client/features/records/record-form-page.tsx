import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams, useRouter, useSearch } from '@tanstack/react-router';
import type { AnyRecord } from '../../../server/contract/records.js';
import { parseSearch, safeReturn, stringifySearch, type PageSearch } from '../../lib/address';
import { recordPath, type Register } from '../../lib/registers';
import { PageHeader } from '../../ui/page-header';
import { Empty, QueryState } from '../../ui/query-state';
import { sessionQuery } from '../access/api';
import { recordQuery } from './api';
import { RecordForm } from './record-form';
import { RecordLink } from './record-link';
import { askWhom, rightsQuery } from './rights';
import { useRegister } from './use-register';
import { declarationOf, refOf, titleOf } from './words';
import './records.css';

interface FormSearch extends PageSearch {
  from?: string;
  to?: string;
  name?: string;
  field?: string;
  return?: string;
}

/** A new record, or a change of one. */
export function RecordFormPage() {
  const register = useRegister();
  const { ref } = useParams({ strict: false }) as { ref?: string };
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (!session.writes.includes(register.type))
    return (
      <main id="content" className="page" tabIndex={-1}>
        <PageHeader title={register.one} question={`Change ${register.many}`} message="Your role may not do this." />
        <Empty>
          {session.reads.includes(register.type) ? (
            <>
              Your role reads {register.many} only. <Link to={`/${register.path}`}>See {register.many}</Link>
            </>
          ) : (
            `Your role neither reads nor writes ${register.many}.`
          )}
        </Empty>
      </main>
    );
  // Another address is another form: what was typed in one does not appear in the next.
  return ref === undefined ? (
    <NewRecord key={register.type} register={register} />
  ) : (
    <ChangeRecord key={ref} {...{ register, ref_: ref }} />
  );
}

function NewRecord({ register }: { register: Register }) {
  const search = useSearch({ strict: false }) as FormSearch;
  const prefill = register.type === 'link' ? { fromCode: search.from, toCode: search.to } : { name: search.name };
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title={`New ${register.one}`}
        question={`What is the new ${register.one}?`}
        message={`New ${register.one}`}
      >
        {declarationOf(register.type).help}
      </PageHeader>
      <Form {...{ register, prefill }} record={null} />
    </main>
  );
}

function ChangeRecord({ register, ref_ }: { register: Register; ref_: string }) {
  // A form begins with the record as it is now, never with one from memory.
  const read = useQuery({ ...recordQuery(register.type, ref_), staleTime: 0 });
  const record = { ...read, data: read.isFetchedAfterMount ? read.data : undefined };
  const rights = useQuery(rightsQuery(register.type, ref_));
  const title = record.data ? titleOf(record.data) : '\u00a0';
  const name = typeof record.data?.['name'] === 'string' ? ` ${record.data['name']}` : '';
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title={`Edit ${title}`}
        question={`What changes in this ${register.one}?`}
        message={`${title}${name}`}
      >
        {declarationOf(register.type).help}
      </PageHeader>
      <QueryState
        query={{
          ...record,
          error: record.error ?? rights.error,
          data: record.data && rights.data && { record: record.data, rights: rights.data },
        }}
        what={`the ${register.one}`}
        rows={8}
      >
        {({ record: found, rights: given }) =>
          given.mayWrite ? (
            <Form {...{ register }} key={found.id} prefill={{}} record={found} />
          ) : (
            <Empty
              action={
                <RecordLink type={register.type} code={ref_}>
                  See the {register.one}
                </RecordLink>
              }
            >
              {found.archivedAt === null
                ? `This ${register.one} is not yours to change. Ask ${askWhom(given)}.`
                : `This ${register.one} is archived.`}
            </Empty>
          )
        }
      </QueryState>
    </main>
  );
}

/** The scope goes along, unless the path states its own. */
function withScope(path: string, search: PageSearch): string {
  const [bare = '', query = ''] = path.split('?');
  const { period, portfolio, orgUnit } = search;
  return `${bare}${stringifySearch({ period, portfolio, orgUnit, ...parseSearch(query) })}`;
}

interface FormProps {
  register: Register;
  record: AnyRecord | null;
  prefill: Readonly<Record<string, unknown>>;
}

function Form({ register, record, prefill }: FormProps) {
  const search = useSearch({ strict: false }) as FormSearch;
  const { data: session } = useSuspenseQuery(sessionQuery);
  const router = useRouter();
  const queryClient = useQueryClient();
  const own = record ? recordPath(register.type, refOf(record)) : `/${register.path}`;
  const back = withScope(search.return === undefined ? own : safeReturn(search.return), search);
  const saved = async (now: AnyRecord) => {
    // Everything computed may follow from it; what is on the screen next is read anew.
    await queryClient.invalidateQueries({ refetchType: 'none' });
    queryClient.removeQueries({ queryKey: ['records', register.type, 'one'] });
    const here = withScope(recordPath(register.type, refOf(now)), search);
    router.history.push(search.return === undefined ? here : back);
  };
  return (
    <RecordForm
      type={register.type}
      focus={search.field}
      cancelTo={back}
      onCancel={() => router.history.push(back)}
      onSaved={(now) => void saved(now)}
      {...{ record, prefill, session }}
    />
  );
}
