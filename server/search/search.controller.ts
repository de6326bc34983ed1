import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { searchQuery, type SearchQuery, searchResult, type SearchResult } from '../contract/search.js';
import { Returns } from '../http/returns.js';
import { SearchService } from './search.service.js';

@ApiTags('search')
@Controller('search')
export class SearchController {
  constructor(private readonly search: SearchService) {}

  @Get()
  @Allow('search.read')
  @Returns(searchResult)
  find(@Who() who: Principal, @Query({ schema: searchQuery }) query: SearchQuery): Promise<SearchResult> {
    return this.search.find(who, query);
  }
}
