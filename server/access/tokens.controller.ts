import { Body, Controller, Delete, Get, Header, Param, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { createdToken, createToken, tokenList, type CreateToken } from '../contract/access.js';
import { id } from '../contract/primitives.js';
import { AnswerNotKept } from '../http/idempotency.interceptor.js';
import { Returns, ReturnsNothing } from '../http/returns.js';
import { Allow, Who } from './allow.js';
import type { Principal } from './principal.js';
import { TokensService, type CreatedToken, type Token } from './tokens.service.js';

const byId = z.strictObject({ id });

/** One's own API tokens. */
@Controller('tokens')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Post()
  @Allow('tokens.own')
  @AnswerNotKept()
  @Header('Cache-Control', 'no-store')
  @Returns(createdToken, 201)
  async create(
    @Who() principal: Principal,
    @Body({ schema: createToken }) given: CreateToken,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreatedToken> {
    const created = await this.tokens.create(principal, given);
    response.location(`/api/v1/tokens/${created.id}`);
    return created;
  }

  @Get()
  @Allow('tokens.own')
  @Returns(tokenList)
  async list(@Who() principal: Principal): Promise<{ items: Token[] }> {
    return { items: await this.tokens.list(principal) };
  }

  @Delete(':id')
  @Allow('tokens.own')
  @ReturnsNothing()
  revoke(@Who() principal: Principal, @Param({ schema: byId }) path: { id: string }): Promise<void> {
    return this.tokens.revoke(principal, path.id);
  }
}
