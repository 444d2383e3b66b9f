# Jekyll 4.3 looks for every file among all before it, and compares posts by their dates: 20,000 would take it many minutes.
Jekyll::Site.class_eval do
  if method_defined?(:static_files_to_write) && method_defined?(:docs_to_write)
    def each_site_file(&block)
      [pages, static_files_to_write, docs_to_write].flatten.uniq(&:object_id).each(&block)
    end
  end
end
