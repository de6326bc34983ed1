import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { raiseDecision, type RaiseDecision } from '../contract/decision.js';
import { type AnyRecord, readSchema, RECORDS } from '../contract/records.js';
import { etagOf } from '../http/etag.js';
import { Returns } from '../http/returns.js';
import { RaisingService } from './raising.service.js';

@ApiTags('decisions')
@Controller('decisions/raise')
export class RaisingController {
  constructor(private readonly raisings: RaisingService) {}

  /** Raises a question that somebody has to decide. */
  @Post()
  @Allow('records.write:decision')
  @Returns(readSchema(RECORDS.decision), 201)
  async raise(
    @Who() who: Principal,
    @Body({ schema: raiseDecision }) question: RaiseDecision,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AnyRecord> {
    const record = await this.raisings.raise(who, question);
    response.setHeader('Location', `/api/v1/decisions/${record.id}`);
    response.setHeader('ETag', etagOf(record.version));
    return record;
  }
}
