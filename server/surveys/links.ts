import type { DataSource, EntityManager } from 'typeorm';
import { newSecret, secretHash } from '../access/credentials.js';

/** Makes a link that works once; only a hash of it is stored. */
export const newLink = async (
  on: DataSource | EntityManager,
  publicUrl: string,
  invitationId: string,
): Promise<{ link: string; hash: Buffer }> => {
  const token = newSecret();
  const hash = secretHash(token);
  await on.query('insert into survey_tokens (token_hash, invitation_id) values ($1, $2)', [hash, invitationId]);
  return { link: `${publicUrl}/s/${token}`, hash };
};
