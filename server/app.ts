import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { createServer, type Server } from 'node:http';
import { StandardSchemaSerializerInterceptor, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { checkRoutes } from './access/boot-check.js';
import { AppModule } from './app.module.js';
import type { Surroundings } from './database/database.module.js';
import { changeReason, withReasonHeader } from './http/change-reason.js';
import { askAgain } from './http/etag.js';
import { NestLogger } from './http/logger.js';
import { invalid, notFound, type ProblemError } from './http/problem.js';
import { methodProblem, ProblemFilter, problemOf, writeProblem } from './http/problem.filter.js';
import { requestContext } from './http/request-context.js';

const PREFIX = 'api/v1';
/** Addresses that stand outside the prefix, because load balancers and monitors expect them there. */
const UNPREFIXED = ['health/live', 'health/ready', 'prometheus'];
const JSON_LIMIT = '256kb';
/** Thousands of cells or a thousand reasons are saved at once, and a mapping names what to write for thousands of values: more than a record ever needs. */
const LARGE_LIMIT = '4mb';
/** An import through a mapping may correct 2,000 cells with long texts. */
const MAPPED_LIMIT = '16mb';
const MAPPED_IMPORT = new RegExp(`^/${PREFIX}/import-sources/[^/]+/import/?$`, 'i');
const FIRST_ROWS = new RegExp(`^/${PREFIX}/import-sources/[^/]+/first-rows/?$`, 'i');
const JSON_TYPES = ['application/json', 'application/merge-patch+json'];

export interface App {
  nest: NestExpressApplication;
  /** Not yet listening. */
  server: Server;
}

/**
 * The whole HTTP side of the product over a connected database; tests use the same.
 *
 * @param clientFolder the built client; beside the built server unless said otherwise
 */
export const createApp = async (
  surroundings: Surroundings,
  clientFolder = resolve(import.meta.dirname, '../client'),
): Promise<App> => {
  const web = express();
  web.disable('x-powered-by');
  // Our ETags are versions; Express would add its own, which a PATCH could then not match.
  web.set('etag', false);
  web.set('query parser', 'simple');
  web.use(requestContext(surroundings.logger));
  web.use(securityHeaders(surroundings.config.publicUrl.startsWith('https:')));
  web.use(`/${PREFIX}`, askAgain, changeReason);
  web.use(
    [`/${PREFIX}/entry`, `/${PREFIX}/priority-order`, FIRST_ROWS],
    express.json({ limit: LARGE_LIMIT, strict: true, type: JSON_TYPES }),
  );
  web.use(MAPPED_IMPORT, express.json({ limit: MAPPED_LIMIT, strict: true, type: JSON_TYPES }));
  web.use(express.json({ limit: JSON_LIMIT, strict: true, type: JSON_TYPES }));
  web.use(refuseUnreadable);

  const nest = await NestFactory.create<NestExpressApplication>(AppModule.with(surroundings), new ExpressAdapter(web), {
    bodyParser: false,
    logger: new NestLogger(surroundings.logger),
    abortOnError: false,
  });
  nest.setGlobalPrefix(PREFIX, { exclude: UNPREFIXED });
  nest.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: (issues) => invalid(issues.map(toError)) }));
  nest.useGlobalInterceptors(new StandardSchemaSerializerInterceptor(nest.get(Reflector)));
  nest.useGlobalFilters(new ProblemFilter(surroundings.logger));
  serveDocument(nest);
  // Before Nest's own 404, so that the client's addresses lead to its page.
  serveClient(web, clientFolder);
  await nest.init();
  checkRoutes(nest);
  // What neither Nest nor the client knows, outside the prefix too.
  web.use((request: Request, response: Response) =>
    writeProblem(request, response, methodProblem(request) ?? notFound()),
  );
  return { nest, server: listener(web) };
};

/** One issue of a schema as an error with a JSON pointer. */
const toError = (issue: {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  code?: string;
  keys?: string[];
}): ProblemError => {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  if (issue.code === 'unrecognized_keys' && issue.keys)
    return {
      pointer: `/${[...path, issue.keys[0]].join('/')}`,
      code: 'field.unknown',
      message: `There is no field ${issue.keys.join(', ')} here. Leave it out.`,
    };
  return {
    pointer: `/${path.join('/')}`,
    code: issue.code ? `field.${issue.code}` : 'field.invalid',
    message: issue.message,
  };
};

const securityHeaders = (isSecure: boolean) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        // React sets style attributes for measured sizes; no style element comes from anywhere but our files.
        'style-src': ["'self'"],
        'style-src-attr': ["'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // On plain http://localhost these two would lock the default install out.
    strictTransportSecurity: isSecure,
    referrerPolicy: { policy: 'no-referrer' },
  });

/** Errors of the JSON parser come before Nest is reached; they become problems here. */
const refuseUnreadable = (error: unknown, request: Request, response: Response, _next: NextFunction): void =>
  writeProblem(request, response, problemOf(error));

const serveDocument = (nest: NestExpressApplication): void => {
  const settings = new DocumentBuilder()
    .setTitle('Throughline')
    .setDescription('Traces money from investment to benefit, and proves what was realised.')
    .setVersion('1')
    .addBearerAuth()
    .addCookieAuth('throughline')
    .build();
  SwaggerModule.setup('api/docs', nest, () => withReasonHeader(SwaggerModule.createDocument(nest, settings)), {
    jsonDocumentUrl: 'api/openapi.json',
  });
};

/** The built client, where there is one: its files, and its page for every address that is not the API's. */
const serveClient = (web: Express, folder: string): void => {
  if (!existsSync(resolve(folder, 'index.html'))) return;
  const files = express.static(folder, {
    index: false,
    setHeaders: (response, path) =>
      response.setHeader(
        'Cache-Control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  // A call of the API is no file: the disk is not asked whether it is one.
  web.use((request, response, next) => (request.path.startsWith('/api/') ? next() : files(request, response, next)));
  web.get(/^\/(?!(?:api|health|prometheus|assets)(?:\/|$)).*/, (request, response, next) => {
    if (!request.accepts('html') || (extname(request.path) !== '' && !isPage(request))) return next();
    response.setHeader('Cache-Control', 'no-cache');
    // What a link opens is for whoever was given it.
    if (/^\/[rs](\/|$)/.test(request.path)) response.setHeader('X-Robots-Tag', 'noindex, nofollow');
    response.sendFile(resolve(folder, 'index.html'));
  });
};

/** Files lie at the root and in `assets`: a dot further down is of a code or a metric (`/metrics/flow.wip`), where a browser asks for a page. */
const isPage = ({ path, headers }: Request): boolean =>
  path.lastIndexOf('/') > 0 && headers.accept?.includes('text/html') === true;

/** Slow clients are closed early: Node's own limits would let them hold a socket for minutes. */
const listener = (web: Express): Server => {
  const server = createServer({ connectionsCheckingInterval: 1_000, maxHeaderSize: 16_384 }, web);
  server.headersTimeout = 10_000;
  server.requestTimeout = 120_000;
  server.keepAliveTimeout = 65_000;
  return server;
};
