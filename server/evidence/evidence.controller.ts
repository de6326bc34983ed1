import { createHash } from 'node:crypto';
import { Body, Controller, Delete, Get, Header, Headers, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import { Uploads } from '../access/media-type.js';
import type { Principal } from '../access/principal.js';
import { canonicalJson } from '../audit/write.js';
import {
  addEvidence,
  addEvidenceFile,
  benefitEvidence,
  changeEvidence,
  evidenceItem,
  MOST_EVIDENCE_BYTES,
  type AddEvidence,
  type AddEvidenceFile,
  type BenefitEvidence,
  type ChangeEvidence,
  type EvidenceItem,
} from '../contract/evidence.js';
import * as p from '../contract/primitives.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { attachmentHeader } from '../http/file-names.js';
import { IdempotencyKeys } from '../http/idempotency-keys.js';
import { answerOf, keyOf } from '../http/idempotency.interceptor.js';
import { takeUpload, type Upload } from '../http/one-upload.js';
import { invalid } from '../http/problem.js';
import { Returns, ReturnsNothing, ReturnsStream } from '../http/returns.js';
import { EvidenceService } from './evidence.service.js';

const LARGER = 'Make it smaller, or add a link to where it lies.';

@ApiTags('evidence')
@Controller()
export class EvidenceController {
  constructor(
    private readonly evidence: EvidenceService,
    private readonly keys: IdempotencyKeys,
  ) {}

  @Get('benefits/:ref/evidence')
  @Allow('records.read:benefit_value')
  @Header('Cache-Control', 'no-store') // what has expired changes with the day, without a new version
  @Returns(benefitEvidence)
  list(@Who() who: Principal, @Param('ref', { schema: p.ref }) ref: string): Promise<BenefitEvidence> {
    return this.evidence.list(who, ref);
  }

  @Post('benefits/:ref/evidence')
  @Allow('evidence.write')
  @Returns(evidenceItem, 201)
  async add(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Body({ schema: addEvidence }) given: AddEvidence,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EvidenceItem> {
    return tagged(response, await this.evidence.add(who, ref, given));
  }

  /** A form with the file in `file`, and the fields of an item beside it. */
  @Post('benefits/:ref/evidence/files')
  @Allow('evidence.write')
  @Uploads()
  @Returns(evidenceItem, 201)
  async addFile(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EvidenceItem> {
    await this.evidence.refuseWriting(who, ref);
    const upload = await takeUpload(request, response, { mostBytes: MOST_EVIDENCE_BYTES, larger: LARGER });
    const given = readFields(upload.fields);
    return this.once(who, request, response, upload, async () =>
      tagged(response, await this.evidence.addFile(who, ref, given, upload)),
    );
  }

  @Patch('evidence/:id')
  @Allow('evidence.write')
  @ApiHeader({ name: 'If-Match', required: true })
  @Returns(evidenceItem)
  async change(
    @Who() who: Principal,
    @Param('id', { schema: p.id }) id: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: changeEvidence }) given: ChangeEvidence,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EvidenceItem> {
    return tagged(response, await this.evidence.change(who, id.toLowerCase(), matchedVersion(match), given));
  }

  @Delete('evidence/:id')
  @Allow('evidence.write')
  @ApiHeader({ name: 'If-Match', required: true })
  @ReturnsNothing()
  async remove(
    @Who() who: Principal,
    @Param('id', { schema: p.id }) id: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<void> {
    await this.evidence.remove(who, id.toLowerCase(), matchedVersion(match));
  }

  /** Saved, never shown: a file is what somebody uploaded. */
  @Get('evidence/:id/file')
  @Allow('records.read:benefit_value')
  @ReturnsStream('application/octet-stream')
  async file(
    @Who() who: Principal,
    @Param('id', { schema: p.id }) id: string,
    @Res() response: Response,
  ): Promise<void> {
    const { name, mediaType, content } = await this.evidence.file(who, id.toLowerCase());
    response
      .status(200)
      .set({
        'Content-Type': mediaType,
        'Content-Length': String(content.length),
        'Content-Disposition': attachmentHeader(name),
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'private, no-store',
      })
      .end(content);
  }

  /** The same form again under the same Idempotency-Key has the answer of the first. */
  private async once(
    who: Principal,
    request: Request,
    response: Response,
    upload: Upload,
    add: () => Promise<EvidenceItem>,
  ): Promise<EvidenceItem> {
    const key = keyOf(request);
    if (key === undefined) return add();
    const requestHash = createHash('sha256')
      .update(`${request.method}\n${request.originalUrl}\n${canonicalJson([upload.name, upload.fields])}\n`)
      .update(upload.content)
      .digest();
    const answer = await this.keys.once({ userId: who.userId, key, requestHash }, async () => {
      const item = await add();
      response.status(201);
      return answerOf(response, item);
    });
    if (answer.replayed) response.status(answer.status).set(answer.headers).set('Idempotency-Replayed', 'true');
    return answer.body as EvidenceItem;
  }
}

const tagged = (response: Response, item: EvidenceItem): EvidenceItem => {
  response.setHeader('ETag', etagOf(item.version));
  return item;
};

/** The fields beside a file; those left blank are not said. @throws Problem 422 */
const readFields = (fields: Readonly<Record<string, string>>): AddEvidenceFile => {
  const said = Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));
  const read = addEvidenceFile.safeParse(said);
  if (read.success) return read.data;
  throw invalid(
    read.error.issues.map((issue) => ({
      pointer: `/${issue.path.join('/')}`,
      code: `field.${issue.code}`,
      message: issue.message,
    })),
  );
};
