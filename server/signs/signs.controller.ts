import { Body, Controller, Get, Header, Headers, Param, Patch, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { period } from '../contract/primitives.js';
import {
  changeThresholds,
  type ChangeThresholds,
  SIGN_IDS,
  type SignId,
  signs,
  signsQuery,
  type SignsQuery,
  signThresholds,
  type SignThresholds,
  writeComment,
  type WriteComment,
  writtenComment,
  type WrittenComment,
} from '../contract/sign.js';
import { ComputedBodies } from '../http/computed.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { Returns, ReturnsStored } from '../http/returns.js';
import { SignCommentsService } from './comments.service.js';
import { SignsService } from './signs.service.js';
import { SignThresholdsService } from './thresholds.service.js';

const signName = z.enum(SIGN_IDS);

/** The eight signs of misalignment, from where on their tests hold, and what is said of them. */
@ApiTags('signs')
@Controller('signs')
export class SignsController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly signs: SignsService,
    private readonly thresholds: SignThresholdsService,
    private readonly comments: SignCommentsService,
  ) {}

  @Get()
  @Allow('signs.read')
  @ReturnsStored(signs)
  async list(
    @Who() who: Principal,
    @Query({ schema: signsQuery }) query: SignsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'signs', query, (manager, reading) =>
      this.signs.signs(manager, reading),
    );
  }

  @Get('thresholds')
  @Allow('signs.read')
  @Header('Cache-Control', 'no-store')
  @Returns(signThresholds)
  async readThresholds(@Res({ passthrough: true }) response: Response): Promise<SignThresholds> {
    return tagged(response, await this.thresholds.read());
  }

  @Patch('thresholds')
  @Allow('signs.write')
  @Returns(signThresholds)
  async changeThresholds(
    @Who() who: Principal,
    @Body({ schema: changeThresholds }) given: ChangeThresholds,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignThresholds> {
    return tagged(response, await this.thresholds.change(who, matchedVersion(ifMatch), given));
  }

  @Put(':sign/comments/:period')
  @Allow('signs.write')
  @Returns(writtenComment)
  comment(
    @Who() who: Principal,
    @Param('sign', { schema: signName }) sign: SignId,
    @Param('period', { schema: period }) of: string,
    @Body({ schema: writeComment }) given: WriteComment,
  ): Promise<WrittenComment> {
    return this.comments.write(who, sign, of, given);
  }
}

const tagged = (response: Response, shown: SignThresholds): SignThresholds => {
  response.setHeader('ETag', etagOf(shown.version));
  return shown;
};
