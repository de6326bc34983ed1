import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ApiError } from '../lib/http';
import { createAppRouter } from './routes';

const SOON = 30_000;

/** Trying again helps where the way to the server failed, not where the server refused. */
const isPassing = (error: Error): boolean => error instanceof ApiError && (error.status === 0 || error.status >= 502);

const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: signInAgain }),
  defaultOptions: {
    queries: { staleTime: SOON, retry: (failures, error) => failures < 2 && isPassing(error) },
  },
});
const router = createAppRouter(queryClient);

/** A session that ended while a page was open: sign in, then come back to where one was. */
function signInAgain(error: Error): void {
  if (!(error instanceof ApiError) || error.status !== 401) return;
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in') return;
  queryClient.removeQueries({ queryKey: ['session'] });
  void router.navigate({ to: '/sign-in', search: { return: href } });
}

export function Providers() {
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
