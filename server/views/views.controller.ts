import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { id as idSchema } from '../contract/primitives.js';
import {
  changeView,
  createView,
  view,
  viewQuery,
  views,
  type ChangeView,
  type CreateView,
  type View,
  type ViewQuery,
  type Views,
} from '../contract/view.js';
import { etagOf, matchedVersion } from '../http/etag.js';
import { Returns, ReturnsNothing } from '../http/returns.js';
import { SavedViews } from './views.service.js';

/** Saved views of a page: one's own, and those that others share. */
@ApiTags('views')
@Controller('views')
export class ViewsController {
  constructor(private readonly saved: SavedViews) {}

  @Get()
  @Allow('views.own')
  @Returns(views)
  async list(@Who() who: Principal, @Query({ schema: viewQuery }) query: ViewQuery): Promise<Views> {
    return this.saved.list(who, query);
  }

  @Post()
  @Allow('views.own')
  @Returns(view, 201)
  async create(
    @Who() who: Principal,
    @Body({ schema: createView }) given: CreateView,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const made = await this.saved.create(who, given);
    response.location(`/api/v1/views/${made.id}`).setHeader('ETag', etagOf(made.version));
    return made;
  }

  @Patch(':id')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the view as you read it.' })
  @Allow('views.own')
  @Returns(view)
  async change(
    @Who() who: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('if-match') match: string | undefined,
    @Body({ schema: changeView }) given: ChangeView,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const made = await this.saved.change(who, id, matchedVersion(match), given);
    response.setHeader('ETag', etagOf(made.version));
    return made;
  }

  @Delete(':id')
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the view as you read it.' })
  @Allow('views.own')
  @ReturnsNothing()
  async remove(
    @Who() who: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Headers('if-match') match: string | undefined,
  ): Promise<void> {
    await this.saved.remove(who, id, matchedVersion(match));
  }
}
