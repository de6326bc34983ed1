import { Body, Controller, Headers, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import {
  chooseOption,
  type ChooseOption,
  closeDecision,
  type CloseDecision,
  escalateDecision,
  type EscalateDecision,
  newOption,
  type NewOption,
  reopenDecision,
  type ReopenDecision,
} from '../contract/decision.js';
import * as p from '../contract/primitives.js';
import { type AnyRecord, readSchema, RECORDS } from '../contract/records.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { Returns } from '../http/returns.js';
import { ClosingService } from './closing.service.js';
import { ReopeningService } from './reopening.service.js';

const decision = readSchema(RECORDS.decision);

/** What people do with one decision, each in one request. All answer the decision as it is then, with its `ETag`. */
@ApiTags('decisions')
@Controller('decisions/:ref')
export class DecidingController {
  constructor(
    private readonly closings: ClosingService,
    private readonly reopenings: ReopeningService,
  ) {}

  /** Closes a decision with its outcome and the option that was chosen. */
  @Post('close')
  @Allow('records.write:decision')
  @ApiHeader({ name: 'If-Match', required: true })
  @Returns(decision)
  async close(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: closeDecision }) closing: CloseDecision,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AnyRecord> {
    return tagged(response, await this.closings.close(who, ref, matchedVersion(ifMatch), closing));
  }

  /** Opens a decision again: what it had been goes into its history. */
  @Post('reopen')
  @Allow('records.write:decision')
  @ApiHeader({ name: 'If-Match', required: true })
  @Returns(decision)
  async reopen(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: reopenDecision }) { reason }: ReopenDecision,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AnyRecord> {
    return tagged(response, await this.reopenings.reopen(who, ref, matchedVersion(ifMatch), reason));
  }

  /** Marks one option as the chosen one, and no other. */
  @Post('choose')
  @Allow('records.write:decision')
  @ApiHeader({ name: 'If-Match', required: true })
  @Returns(decision)
  async choose(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: chooseOption }) { option }: ChooseOption,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AnyRecord> {
    return tagged(response, await this.closings.choose(who, ref, matchedVersion(ifMatch), option));
  }

  /** Adds an option, or brings back one of this name that was removed. */
  @Post('options')
  @Allow('records.write:decision')
  @ApiHeader({ name: 'If-Match', required: true })
  @Returns(decision)
  async addOption(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: newOption }) option: NewOption,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AnyRecord> {
    return tagged(response, await this.closings.addOption(who, ref, matchedVersion(ifMatch), option));
  }

  /** Takes an open decision to a higher level. */
  @Post('escalate')
  @Allow('records.write:decision')
  @ApiHeader({ name: 'If-Match', required: true })
  @Returns(decision)
  async escalate(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: escalateDecision }) escalation: EscalateDecision,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AnyRecord> {
    return tagged(response, await this.closings.escalate(who, ref, matchedVersion(ifMatch), escalation));
  }
}

const tagged = (response: Response, record: AnyRecord): AnyRecord => {
  response.setHeader('ETag', etagOf(record.version));
  return record;
};
