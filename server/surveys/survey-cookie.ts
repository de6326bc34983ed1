import type { Request, Response } from 'express';

/** A person who fills in a survey has two hours until the link must be opened again. */
const SECONDS = 2 * 60 * 60;

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith('https://');
const nameOf = (publicUrl: string): string => (isSecure(publicUrl) ? '__Host-survey' : 'survey');

const setCookie = (response: Response, publicUrl: string, value: string, seconds: number): void => {
  response.append(
    'Set-Cookie',
    `${nameOf(publicUrl)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${isSecure(publicUrl) ? '; Secure' : ''}`,
  );
  response.setHeader('Cache-Control', 'no-store');
};

export const rememberSurvey = (response: Response, publicUrl: string, token: string): void =>
  setCookie(response, publicUrl, token, SECONDS);
export const forgetSurvey = (response: Response, publicUrl: string): void => setCookie(response, publicUrl, '', 0);

/** The token that the browser keeps, or null. */
export const surveyTokenOf = (request: Request, publicUrl: string): string | null => {
  const start = `${nameOf(publicUrl)}=`;
  const found = (request.headers.cookie ?? '').split(';').find((part) => part.trim().startsWith(start));
  return found?.trim().slice(start.length) || null;
};

/** Where a request comes from: the connection's own address (no header is believed), of IPv6 the first 64 bits. */
export const networkOf = ({ socket }: Request): string => {
  const address = (socket.remoteAddress ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '');
  return address.includes(':') ? address.split(':').slice(0, 4).join(':') : address;
};
