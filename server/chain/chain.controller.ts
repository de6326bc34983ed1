import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { rightsKey } from '../access/rights.js';
import {
  chain,
  chainQuery,
  gapQuery,
  gaps,
  LAYERS,
  pathQuery,
  paths,
  picture,
  pictureQuery,
  type ChainQuery,
  type GapQuery,
  type Layer,
  type PathQuery,
  type PictureQuery,
} from '../contract/chain.js';
import * as p from '../contract/primitives.js';
import { ComputedBodies } from '../http/computed.js';
import { ReturnsStored } from '../http/returns.js';
import { ChainService } from './chain.service.js';
import { GapsService } from './gaps.service.js';
import { PictureService } from './picture.service.js';

@ApiTags('chain')
@Controller('chain')
export class ChainController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly chain: ChainService,
    private readonly gaps: GapsService,
    private readonly pictures: PictureService,
  ) {}

  @Get()
  @Allow('chain.read')
  @ReturnsStored(chain)
  async whole(
    @Who() who: Principal,
    @Query({ schema: chainQuery }) query: ChainQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'chain', query, (manager, reading) =>
      this.chain.whole(manager, reading, query),
    );
  }

  @Get('gaps')
  @Allow('chain.read')
  @ReturnsStored(gaps)
  async breaks(
    @Who() who: Principal,
    @Query({ schema: gapQuery }) query: GapQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    // Gaps say what the reader may repair: readers of different rights read different bodies.
    await this.bodies.answer({ request, response }, who, `chain/gaps ${rightsKey(who)}`, query, (manager, reading) =>
      this.gaps.page(manager, reading, who, query),
    );
  }

  @Get('picture')
  @Allow('chain.read')
  @ReturnsStored(picture)
  async picture(
    @Who() who: Principal,
    @Query({ schema: pictureQuery }) query: PictureQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'chain/picture', query, (manager, reading) =>
      this.pictures.picture(manager, reading, query),
    );
  }

  @Get('paths')
  @Allow('chain.read')
  @ReturnsStored(paths)
  async paths(
    @Who() who: Principal,
    @Query({ schema: pathQuery }) query: PathQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'chain/paths', query, (manager, reading) =>
      this.pictures.paths(manager, reading, query),
    );
  }

  @Get(':type/:ref/trace')
  @Allow('chain.read')
  @ReturnsStored(chain)
  async trace(
    @Who() who: Principal,
    @Param('type', { schema: z.enum(LAYERS) }) type: Layer,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: chainQuery }) query: ChainQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const route = `chain/${type}/${JSON.stringify(ref)}/trace`;
    await this.bodies.answer({ request, response }, who, route, query, (manager, reading) =>
      this.chain.trace(manager, reading, query, type, ref),
    );
  }
}
