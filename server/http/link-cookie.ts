import type { Request, Response } from 'express';

/**
 * Keeps what a link ends with in the browser, out of the address. It is no session: the cookie opens only what its link opens.
 *
 * @param word what the link opens, which names the cookie; `__Host-` before it where the product is served by https
 * @param seconds until the link must be opened again
 */
export const linkCookie = (word: string, seconds: number) => {
  const nameOf = (publicUrl: string): string => (isSecure(publicUrl) ? `__Host-${word}` : word);
  const set = (response: Response, publicUrl: string, value: string, age: number): void => {
    const secure = isSecure(publicUrl) ? '; Secure' : '';
    response.append(
      'Set-Cookie',
      `${nameOf(publicUrl)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure}`,
    );
    response.setHeader('Cache-Control', 'no-store');
  };
  return {
    remember: (response: Response, publicUrl: string, token: string): void => set(response, publicUrl, token, seconds),
    forget: (response: Response, publicUrl: string): void => set(response, publicUrl, '', 0),
    /** The token that the browser keeps, or null. */
    tokenOf: (request: Request, publicUrl: string): string | null => {
      const start = `${nameOf(publicUrl)}=`;
      const found = (request.headers.cookie ?? '').split(';').find((part) => part.trim().startsWith(start));
      return found?.trim().slice(start.length) || null;
    },
  };
};

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith('https://');

/** Where a request comes from: the connection's own address (no header is believed), of IPv6 the first 64 bits. */
export const networkOf = ({ socket }: Request): string => {
  const address = (socket.remoteAddress ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '');
  return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address;
};
