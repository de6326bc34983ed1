export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** Parsed JSON, or undefined where the body is none. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read answers freely and check them by value
  body: any;
}

export interface UploadedFile {
  name: string;
  content: string | Uint8Array;
}

/** One person's way to the API. */
export interface Client {
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  delete(path: string, headers?: Record<string, string>, body?: unknown): Promise<Reply>;
  upload(path: string, files: readonly UploadedFile[], headers?: Record<string, string>): Promise<Reply>;
  /** Sent with each request: the session's cookie. */
  headers: Record<string, string>;
}

/** Sends with the given headers, or with those that are worked out before each request. */
export const clientOf = (
  origin: string,
  given: Record<string, string> | (() => Promise<Record<string, string>>),
): Client => {
  const send = async (
    method: string,
    path: string,
    body: BodyInit | undefined,
    headers: Record<string, string>,
  ): Promise<Reply> => {
    const own = typeof given === 'function' ? await given() : given;
    const reply = await fetch(origin + address(path), {
      method,
      headers: { ...own, ...headers },
      body: body ?? null,
      redirect: 'manual',
    });
    const text = await reply.text();
    const isJson = (reply.headers.get('content-type') ?? '').includes('json');
    return {
      status: reply.status,
      headers: reply.headers,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : undefined,
    };
  };
  const json = (body: unknown): BodyInit | undefined =>
    body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const sendJson =
    (method: string) =>
    (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      send(method, path, json(body), body === undefined ? headers : { 'content-type': 'application/json', ...headers });
  return {
    headers: typeof given === 'function' ? {} : given,
    get: (path, headers = {}) => send('GET', path, undefined, headers),
    delete: (path, headers, body) => sendJson('DELETE')(path, body, headers),
    post: sendJson('POST'),
    patch: sendJson('PATCH'),
    put: sendJson('PUT'),
    upload: (path, files, headers = {}) => {
      const form = new FormData();
      for (const file of files) form.append('file', new Blob([file.content as BlobPart]), file.name);
      return send('POST', path, form, headers);
    },
  };
};

/** Paths of the API are written without their prefix. */
const address = (path: string): string => (/^\/(api|health|prometheus)/.test(path) ? path : `/api/v1${path}`);
