"""The panes of the Insights screen: one file a view, named as the view is, with a class `Pane` in it."""
