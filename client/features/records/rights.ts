import { queryOptions } from '@tanstack/react-query';
import { rights, type Rights } from '../../../server/contract/rights.js';
import { call } from '../../lib/http';
import { recordPath, type RegisterType } from '../../lib/registers';

/** What the reader may do with one record. */
export const rightsQuery = (type: RegisterType, ref: string) =>
  queryOptions({
    queryKey: ['records', type, 'rights', ref],
    queryFn: ({ signal }) => call(`${recordPath(type, ref)}/rights`, rights, { signal }),
  });

/** Until it is known, nothing is offered that may be refused. */
export const NO_RIGHTS: Rights = { mayWrite: false, mayLinkFrom: false, mayLinkTo: false, ask: null };

export const mayLinkAt = (end: 'from' | 'to', { mayLinkFrom, mayLinkTo }: Rights): boolean =>
  end === 'from' ? mayLinkFrom : mayLinkTo;

/** `their manager` where nobody is named. */
export const askWhom = ({ ask }: Rights): string => ask ?? 'the manager of its portfolio';
