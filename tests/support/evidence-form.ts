import type { Api, Person, Reply, UploadedFile } from './harness.js';

/** Sends a form with files and text fields, as the page of a benefit does. */
export const uploadTo = async (
  api: Api,
  path: string,
  files: readonly UploadedFile[],
  fields: Record<string, string>,
  person: Person,
  headers: Record<string, string> = {},
): Promise<Reply> => {
  const form = new FormData();
  for (const [name, text] of Object.entries(fields)) form.append(name, text);
  for (const file of files) form.append('file', new Blob([file.content as BlobPart]), file.name);
  const reply = await fetch(`${api.origin}/api/v1${path}`, {
    method: 'POST',
    headers: { cookie: await api.cookieOf(person), ...headers },
    body: form,
  });
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, text, body: JSON.parse(text) };
};
