import { config } from 'zod';

// zod would compile its checks with `new Function`, which the content policy forbids. Every page loads this file before it parses anything.
config({ jitless: true });

export { session, settings } from '../../../server/contract/access.js';
