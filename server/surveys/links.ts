import type { DataSource, EntityManager } from 'typeorm';
import { newSecret, secretHash } from '../access/credentials.js';

/** A link that works once, and the hash under which it is stored; nothing is stored yet. */
export const freshLink = (publicUrl: string): { link: string; hash: Buffer } => {
  const token = newSecret();
  return { link: `${publicUrl}/s/${token}`, hash: secretHash(token) };
};

/** Makes a link to be handed out; only a hash of it is stored. */
export const newLink = async (
  on: DataSource | EntityManager,
  publicUrl: string,
  invitationId: string,
): Promise<string> => {
  const { link, hash } = freshLink(publicUrl);
  await on.query('insert into survey_tokens (token_hash, invitation_id) values ($1, $2)', [hash, invitationId]);
  return link;
};
