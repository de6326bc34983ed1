import { queryOptions } from '@tanstack/react-query';
import { example, exampleRemoved, type ExampleRemoved, type RemoveExample } from '../../../server/contract/example.js';
import { call } from '../../lib/http';

/** Whether the example is there, and its sign-ins. The page for signing in asks by `sign-ins.tsx`, without the schema. */
export const exampleQuery = queryOptions({
  queryKey: ['example'],
  queryFn: ({ signal }) => call('/example', example, { signal }),
  staleTime: 60_000,
});

/** @throws ApiError 409 with each record of one's own that refers to the example */
export const removeExample = (given: RemoveExample): Promise<ExampleRemoved> =>
  call('/example', exampleRemoved, { method: 'DELETE', body: given });
